/// The answer to POST and GET. Optional fields are left out when not set: a null voids the whole answer for Prosody.
package struct ConferenceBody: Encodable, Hashable, Sendable {
    var id: Int64
    /// Echoed byte for byte.
    var name: String
    /// Always answered; `""` when nobody is known.
    var mailOwner: String
    /// The booked start, whatever the time of opening.
    var startTime: String
    /// Seconds from the booked start to the closing; positive.
    var duration: Int
    var maxOccupants: Int?
    var lobby: Bool?
    var password: String?

    enum CodingKeys: String, CodingKey {
        case id, name, duration, lobby, password
        case mailOwner = "mail_owner"
        case startTime = "start_time"
        case maxOccupants = "max_occupants"
    }
}

/// The answer to a POST whose conference is open already: Prosody asks for that one with GET.
package struct ConflictBody: Encodable, Hashable, Sendable {
    /// Never null: that leaves the room without any answer until Prosody restarts.
    var conflictID: Int64

    enum CodingKeys: String, CodingKey { case conflictID = "conflict_id" }
}

/// Every other answer: a text that is shown to the user, and our code for whoever debugs it.
package struct MessageBody: Encodable, Hashable, Sendable {
    var message: String
    var code: String?
}
