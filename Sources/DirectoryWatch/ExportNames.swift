/// Which names in a source's directory can be exports (design: ingest, "Watching").
package enum ExportNames {
    private static let accepted: Set<String> = ["ics", "ical", "ifb", "xml", "xcs"]
    private static let unfinished: Set<String> = ["tmp", "part", "partial", "filepart", "swp", "crdownload"]
    /// How the reports that we copy beside exports end (`reports_to`).
    private static let ownReport = ".report.xml"
    /// Root's own, in the root of each ext4 disk.
    private static let repairs = "lost+found"
    /// The link by way of which all files of a Kubernetes volume are seen: it is exchanged, and with it all of them.
    static let volumeData = "..data"

    /// Whether a file of this name is looked at; what it is, its content decides.
    package static func acceptsFile(_ name: String) -> Bool {
        acceptsDirectory(name) && accepted.contains(suffix(of: name)) && !name.lowercased().hasSuffix(ownReport)
    }

    /// Whether a directory of this name is entered: hidden and half-made ones are not, nor what a repair has found.
    package static func acceptsDirectory(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first != UInt8(ascii: ".") && name.utf8.last != UInt8(ascii: "~")
            && !unfinished.contains(suffix(of: name)) && name != repairs
    }

    /// What follows the last full stop, in lower case; empty without one.
    private static func suffix(of name: String) -> String {
        guard let stop = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
        return name[name.utf8.index(after: stop)...].lowercased()
    }
}
