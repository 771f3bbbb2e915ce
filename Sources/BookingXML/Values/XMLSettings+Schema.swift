extension XMLSettings {
    /// The attributes that the schema of the native vocabulary forbids to be written so, with what it wants.
    var departures: [(name: String, type: String)] {
        var found: [(name: String, type: String)] = []
        if let maxOccupants, !maxOccupants.isPositiveInteger { found.append(("max-occupants", "xs:positiveInteger")) }
        if let lobby, !["true", "false", "1", "0"].contains(lobby.trimmed) { found.append(("lobby", "xs:boolean")) }
        if let password, password.unicodeScalars.count > 200 {
            found.append(("password", "xs:string of at most 200 characters"))
        }
        return found
    }
}

extension String {
    /// `xs:positiveInteger` (XML Schema 1.1 part 2, §3.4.25): of any length, with a plus or without.
    fileprivate var isPositiveInteger: Bool {
        let written = Array(trimmed.utf8)
        let digits = written.first == UInt8(ascii: "+") ? written.dropFirst() : written[...]
        let isNumber = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isNumber && digits.contains { $0 != UInt8(ascii: "0") }
    }
}
