import Reservations

/// Reservations that an entry in the schedule of a room names, as values: of each its scope, its UID, its
/// RECURRENCE-ID as a number where it is one, and its room, which is absent where it is the entry's own.
enum ReservationIDList {
    static func encode(_ ids: [ReservationID], in room: RoomName) -> [UInt8] {
        var values = ColumnValues(capacity: usualBytes * ids.count)
        for id in ids {
            values.append(id.scope)
            values.append(id.uid)
            if let number = id.recurrenceID?.number {
                values.append(number)
            } else {
                values.append(id.recurrenceID?.text)
            }
            values.append(id.room == room ? nil : id.room.text)
        }
        return values.bytes
    }

    /// - Throws: where these are not the bytes of a list.
    static func decode(_ bytes: [UInt8], in room: RoomName) throws -> [ReservationID] {
        var (values, ids) = (ColumnValues(bytes: bytes).reader, [ReservationID]())
        while !values.isAtEnd {
            let (scope, uid, recurrenceID) = (try values.text(), try values.text(), try values.recurrenceID())
            let other = try values.optionalText().map(RoomName.stored)
            ids.append(ReservationID(scope: scope, uid: uid, recurrenceID: recurrenceID, room: other ?? room))
        }
        return ids
    }

    private static let usualBytes = 96
}

extension ColumnValues.Reader {
    fileprivate mutating func recurrenceID() throws -> RecurrenceID? {
        let (kind, content) = try next()
        switch kind {
        case .null: return nil
        case .text: return RecurrenceID(text(in: content))
        case .number:
            guard let id = RecurrenceID(number: number(in: content)) else { throw ColumnValues.damage }
            return id
        case .blob: throw ColumnValues.damage
        }
    }
}
