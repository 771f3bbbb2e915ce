/// API: refusals of the conference interface, as Prosody and the people behind it see them.
extension Catalogue.Entry {
    static let notBooked = Self(
        .error, .owner, "nobody has booked the room for this time",
        why: "There is no granted reservation at the time of the request, and the room opens only for booked meetings.",
        mend: "Book the room in the calendar, and wait for its next export.",
        see: "design: conference-api, \"The decision\"",
        example: "blue: API001 error: not booked at 2026-12-08 10:00 (Europe/Berlin)")

    static let notTheOwner = Self(
        .error, .owner, "the booking does not let this person open the room",
        why: """
            The room's policy asks for an authenticated person, an attendee or the owner, and the first who came is \
            none of them.
            """,
        mend: "Sign in with the address that is invited, or let an attendee open the room.",
        see: "design: rooms-and-owners, \"Owners\"",
        example: "board: API002 error: may be opened by its attendees only")

    static let badRequest = Self(
        .error, .operator, "the request cannot be read",
        why: "A field is missing or not in the form of the Jitsi handbook. Nothing was opened.",
        mend: """
            Check that `reservations_api_prefix` in Prosody's configuration points to Bookwatch and to nothing in \
            between.
            """,
        see: "design: conference-api, \"The calls\"",
        example: "API003 error: the form has no field `name`")

    static let badToken = Self(
        .error, .operator, "the token is missing or wrong",
        why: "Bookwatch has tokens configured, and the caller sent none of them. Nothing was told or opened.",
        mend: "Put the token of the configuration into the header that Prosody sends.",
        see: "design: conference-api, \"Limits and security\"",
        example: "API004 error: no Authorization header")

    static let unknownConference = Self(
        .error, .operator, "there never was a conference with this id",
        why: "Prosody asked for an id that Bookwatch did not give: mostly after the store was replaced or restored.",
        mend: "Check that all Prosody servers ask the same Bookwatch.",
        see: "design: conference-api, \"The calls\"",
        example: "API005 error: no conference 70010")

    static let clocksDiffer = Self(
        .warning, .operator, "the clocks of Prosody and Bookwatch differ",
        why: """
            The time of the request is more than 60 seconds away from ours. The answer stands, but rooms open and \
            close shifted.
            """,
        mend: "Set both machines' clocks by NTP.",
        see: "design: conference-api, \"The decision\"",
        example: "blue: API006 warning: the request's clock is 95 s behind ours")

    static let tooEarly = Self(
        .error, .owner, "the room is booked, but not open yet",
        why: "The next meeting starts later. Prosody remembers a refusal for up to 90 seconds, for everybody.",
        mend: "Try again at the time that the message names.",
        see: "design: conference-api, \"The decision\"",
        example: "blue: API010 error: booked from 10:00 (Europe/Berlin), opens at 09:50")

    static let over = Self(
        .error, .owner, "the booked time is over",
        why: "The last meeting ended within the hour, and no other one follows.",
        mend: "Book the room again for the time that is needed.",
        see: "design: conference-api, \"The decision\"",
        example: "blue: API011 error: the booking ended at 11:00 (Europe/Berlin)")
}
