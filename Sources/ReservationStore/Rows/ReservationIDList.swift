import Reservations

/// Reservations that a row names, as JSON: the bytes are those of `StoredJSON`.
enum ReservationIDList {
    /// A pass writes one for each reservation that it declines, and an encoder takes about as long as the row.
    static func encode(_ ids: [ReservationID]) throws -> String {
        var json = "["
        for id in ids {
            let recurrenceID = id.recurrenceID?.text
            guard isPlain(id.scope), isPlain(id.uid), isPlain(id.room.text), recurrenceID.map(isPlain) ?? true else {
                return try StoredJSON.encode(ids)
            }
            json += json.utf8.count == 1 ? "{" : ",{"
            if let recurrenceID {
                json += #""recurrenceID":{"text":""#
                json += recurrenceID
                json += #""},"#
            }
            json += #""room":""#
            json += id.room.text
            json += #"","scope":""#
            json += id.scope
            json += #"","uid":""#
            json += id.uid
            json += #""}"#
        }
        return json + "]"
    }

    static func decode(_ text: String) throws -> [ReservationID] {
        text == "[]" ? [] : try StoredJSON.decode([ReservationID].self, text)
    }

    /// Whether nothing in it has to be escaped.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
