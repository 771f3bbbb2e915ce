import Diagnostics
import Reservations

extension RoomSettings {
    /// Takes over what a booking says, as far as it can be used; a bad value never leaves a room less protected.
    ///
    /// - Returns: `false` where the password cannot be used, which rejects the booking.
    mutating func take(_ written: WrittenSettings, findings: inout [Diagnostic]) -> Bool {
        if let text = written.maxOccupants {
            if let count = Int(text.filter { !$0.isWhitespace }), count >= 1 {
                maxOccupants = count
            } else {
                findings.append(Diagnostic(.badMaxOccupants, "max occupants is '\(text.prefix(40))', ignored"))
            }
        } else if written.lost.contains(.maxOccupants) {
            findings.append(Diagnostic(.badMaxOccupants, "max occupants is there, but cannot be read"))
        }
        if let text = written.lobby?.filter({ !$0.isWhitespace }), !text.isEmpty {
            lobby = Self.lobby(text, &findings)
        } else if written.lost.contains(.lobby) {
            lobby = true
            findings.append(Diagnostic(.badLobby, "lobby is there, but cannot be read; taken for true"))
        }
        guard let password = written.password, !password.isEmpty else {
            guard written.lost.contains(.password) else { return true }
            findings.append(
                Diagnostic(.badPassword, "a password is there, but not in a line of its own that can be read"))
            return false
        }
        let isUsable =
            password.count <= 200 && !password.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard isUsable else {
            findings.append(Diagnostic(.badPassword, "the password has control characters or more than 200 characters"))
            return false
        }
        self.password = password
        return true
    }

    private static func lobby(_ text: String, _ findings: inout [Diagnostic]) -> Bool {
        switch text.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default:
            findings.append(Diagnostic(.badLobby, "lobby is '\(text.prefix(40))', taken for true"))
            return true
        }
    }
}
