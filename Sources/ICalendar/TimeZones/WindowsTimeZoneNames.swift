/// The names that Windows, and with it Outlook and Exchange, give to time zones.
public enum WindowsTimeZoneNames {
    /// Every Windows name that is known, lower-cased, in order of the alphabet.
    public static var all: [String] { names.keys.sorted() }

    /// The IANA name for a Windows name such as `W. Europe Standard Time`, in any case.
    public static func ianaName(for windowsName: String) -> String? { names[windowsName.lowercased()] }

    /// The IANA name for what Windows shows to people, such as `(UTC+01:00) Amsterdam, Berlin, Bern, …`.
    ///
    /// The offset in front may be missing and is not looked at: older Outlooks write `GMT` there, and it is that of the
    /// standard time in any case.
    public static func ianaName(forShownName shownName: String) -> String? {
        var places = Substring(shownName)
        if places.hasPrefix("("), let close = places.firstIndex(of: ")") {
            places = places[places.index(after: close)...].drop { $0 == " " }
        }
        return shownNames[places.lowercased()]
    }
}
