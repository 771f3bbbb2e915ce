import Reservations

/// Addresses in a row: one a line.
enum AttendeeLines {
    static func append(_ attendees: [Participant], to bytes: inout [UInt8]) {
        for index in attendees.indices {
            if index > 0 { bytes.append(UInt8(ascii: "\n")) }
            let address = attendees[index].address.utf8.span
            let count = address.countInColumn
            bytes.append(address.extracting(first: count))
            guard count == address.count else { return }
        }
    }

    static func decode(_ text: String) -> [Participant] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map { Participant(known: String(Substring($0))) }
    }
}
