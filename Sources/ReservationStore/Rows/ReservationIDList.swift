import Reservations

/// Reservations that a row names, as JSON: the bytes are those of `StoredJSON`.
enum ReservationIDList {
    /// A pass writes one for each reservation that it declines, and an encoder takes about as long as the row.
    static func encode(_ ids: [ReservationID]) throws -> String {
        var json: [UInt8] = []
        json.reserveCapacity(192 * ids.count)
        json.append("[")
        for id in ids {
            json.append(json.count == 1 ? "{" : ",{")
            var isPlain = true
            if let recurrenceID = id.recurrenceID {
                isPlain = json.append(#""recurrenceID":{"text":""#, plain: recurrenceID.text)
                json.append(#""},"#)
            }
            isPlain = json.append(#""room":""#, plain: id.room.text) && isPlain
            isPlain = json.append(#"","scope":""#, plain: id.scope) && isPlain
            isPlain = json.append(#"","uid":""#, plain: id.uid) && isPlain
            guard isPlain else { return try StoredJSON.encode(ids) }
            json.append(#""}"#)
        }
        json.append("]")
        return String(decoding: json, as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [ReservationID] {
        text == "[]" ? [] : try StoredJSON.decode([ReservationID].self, text)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) { append(text.utf8.span) }

    /// Answers whether nothing in `text` has to be escaped.
    fileprivate mutating func append(_ name: String, plain text: String) -> Bool {
        append(name)
        let bytes = text.utf8.span
        append(bytes)
        return bytes.indices.allSatisfy { index in
            bytes[index] >= 0x20 && bytes[index] != UInt8(ascii: "\"") && bytes[index] != UInt8(ascii: "\\")
        }
    }
}
