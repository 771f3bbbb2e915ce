import Reservations

/// Addresses in a row: one a line.
enum AttendeeLines {
    static func encode(_ attendees: [Participant]) -> String { attendees.map(\.address).joined(separator: "\n") }

    static func decode(_ text: String) -> [Participant] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map { Participant(known: String(Substring($0))) }
    }
}
