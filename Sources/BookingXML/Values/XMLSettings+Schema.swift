extension XMLSettings {
    /// The attributes that the schema of the native vocabulary forbids to be written so, with what it wants.
    var departures: [(name: String, type: String)] {
        var found: [(name: String, type: String)] = []
        if let maxOccupants, !maxOccupants.isPositiveInteger, !maxOccupants.trimmed.isPositiveInteger {
            found.append(("max-occupants", "xs:positiveInteger"))
        }
        if let lobby, !lobby.isBoolean, !lobby.trimmed.isBoolean { found.append(("lobby", "xs:boolean")) }
        // No character has less than a byte.
        if let password, password.utf8.count > 200, password.unicodeScalars.count > 200 {
            found.append(("password", "xs:string of at most 200 characters"))
        }
        return found
    }
}

extension String {
    /// `xs:boolean` (XML Schema 1.1 part 2, §3.3.2).
    fileprivate var isBoolean: Bool { self == "true" || self == "false" || self == "1" || self == "0" }

    /// `xs:positiveInteger` (§3.4.25): of any length, with a plus or without.
    fileprivate var isPositiveInteger: Bool {
        var isPositive = false
        for (place, byte) in utf8.enumerated() where place > 0 || byte != UInt8(ascii: "+") {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return false }
            isPositive = isPositive || byte != UInt8(ascii: "0")
        }
        return isPositive
    }
}
