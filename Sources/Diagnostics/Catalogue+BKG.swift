/// BKG: bookings.
extension Catalogue.Entry {
    static let noRoom = Self(
        .error, .source, "the booking names no room",
        why: "None of the source's rules found a room in it, so there is nothing to reserve.",
        mend: "Put the meeting's URL or the room's name into LOCATION, or add a rule or an alias to the configuration.",
        see: "design: rooms-and-owners, \"Which room a booking means\"",
        example: "team.ics:18: BKG001 error: names no room (rules asked: url, location, calendar)")

    static let unknownRoom = Self(
        .error, .source, "the room is not among the configured ones",
        why: "The configuration lists rooms, and no pattern fits this one. Nothing was reserved.",
        mend: "Correct the name of the room, or add it to `rooms` or `aliases` in the configuration.",
        see: "design: rooms-and-owners, \"Which room a booking means\"",
        example: "team.ics:18: BKG002 error: room \"bord\" is not known; did you mean board?")

    static let endNotAfterStart = Self(
        .error, .source, "the booking ends before it starts",
        why: "Its end is not after its start, so it takes no time. It was rejected.",
        mend: "Correct DTEND or DURATION.",
        see: "RFC 5545 §3.8.2.2; design: conflicts, rule 2",
        example: "team.ics:18: BKG003 error: ends 2026-12-08 09:00, before it starts at 10:00")

    static let noLength = Self(
        .error, .source, "the booking says neither its end nor its length",
        why: "The standard lets such an entry take no time at all, which is no reservation. It was rejected.",
        mend: "Write a DTEND or a DURATION, or set `default_duration` in the configuration.",
        see: "RFC 5545 §3.6.1; design: conflicts, rule 2",
        example: "team.ics:18: BKG004 error: has neither DTEND nor DURATION")

    static let tooLong = Self(
        .error, .source, "the booking is longer than allowed",
        why: """
            It is above `max_duration`, or above `max_days` for all-day bookings: mostly a wrong year or month. It \
            was rejected.
            """,
        mend: "Correct the end, split the booking, or raise the limit in the configuration.",
        see: "design: conflicts, rule 2",
        example: "team.ics:18: BKG005 error: lasts 32 d, longer than the 24 h that are allowed")

    static let noOwner = Self(
        .warning, .source, "the booking has no owner",
        why: """
            There is no organizer with an address. Where the room's policy asks for the owner or an attendee, nobody \
            can open the room.
            """,
        mend: "Write an ORGANIZER with a mail address, or set the room's `owner_policy` to anyone.",
        see: "RFC 5545 §3.8.4.3; design: rooms-and-owners, \"Owners\"",
        example: "team.ics:18: BKG008 warning: has no organizer, and room board asks for an attendee")

    static let unusableRoomName = Self(
        .error, .source, "the name cannot be the name of a room",
        why: "Nothing is left of it in the form that Jitsi uses, or more than 1,023 bytes. Nothing was reserved.",
        mend: "Give the room a short name of letters and digits.",
        see: "design: rooms-and-owners, \"Room names\"",
        example: "team.ics:20: BKG010 error: \"###\" cannot be the name of a room")

    static let badMaxOccupants = Self(
        .warning, .source, "the number of occupants cannot be used",
        why: "It is not a whole number from 1 on. The source's or the room's own setting was taken.",
        mend: "Write the number as digits, for example X-JITSI-MAX-OCCUPANTS:12.",
        see: "design: rooms-and-owners, \"Settings\"",
        example: "team.ics:27: BKG011 warning: max_occupants is \"many\"; the room's setting was taken")

    static let badLobby = Self(
        .warning, .source, "the lobby setting cannot be read",
        why: "It is neither true nor false. It counts as true, so that the room is not less protected than was meant.",
        mend: "Write TRUE or FALSE.",
        see: "design: rooms-and-owners, \"Settings\"",
        example: "team.ics:28: BKG012 warning: lobby is \"perhaps\" and counts as true")

    static let badPassword = Self(
        .error, .source, "the password cannot be used",
        why: """
            It has control characters or more than 200 characters, or it is in a line or an element that is not \
            quite the one for it. Without it the room would be less protected than was meant, so the booking was \
            rejected. The password itself is never shown.
            """,
        mend: """
            Choose a password of 1 to 200 characters without control characters, and write X-JITSI-PASSWORD:… into \
            a line of its own in the entry, or the attribute password of the element settings.
            """,
        see: "design: rooms-and-owners, \"Settings\"",
        example: "team.ics:29: BKG013 error: the password cannot be used")

    static let staleRevision = Self(
        .note, .source, "a newer revision of the booking is known",
        why: """
            Another export, or another entry, has the same UID with a higher SEQUENCE or a later change. That one is \
            in force; this one counts again if the other goes.
            """,
        mend: "Export the calendar again, so that all exports have the newest revision.",
        see: "RFC 5546 §2.1.5; design: conflicts, rule 3",
        example: "web.ics:18: BKG020 note: SEQUENCE 1, and hr.ics has SEQUENCE 2")

    static let badUpdate = Self(
        .error, .source, "the update is bad, and the old revision is kept",
        why: "The new revision of a known booking was rejected. To free its room because of a fault would be wrong.",
        mend: "Mend what the other findings say about this entry, and export it again.",
        see: "design: README, promise 5",
        example: "team.ics:18: BKG021 error: the new revision cannot be used; the one of 2026-11-20 stays in force")

    static let duplicate = Self(
        .note, .source, "the same meeting is booked twice",
        why: """
            Another booking has the same room, times and owner under another UID. It is no conflict: this one shares \
            the first one's verdict, and takes over its slot if that goes.
            """,
        mend: "Remove one of the two bookings.",
        see: "design: conflicts, rule 4",
        example: "web.ics:18: BKG030 note: the same meeting as ops-7 in hr.ics")

    static let unannouncedTimeChange = Self(
        .warning, .source, "the time changed, but SEQUENCE did not",
        why: """
            A new time is a new revision and must count up SEQUENCE. The later change was taken, which can be a \
            guess.
            """,
        mend: "Count SEQUENCE up with each change of time or place.",
        see: "RFC 5546 §2.1.4; RFC 5545 §3.8.7.4",
        example: "team.ics:18: BKG031 warning: moved from 10:00 to 11:00 with the same SEQUENCE 0")

    static let moreAttendeesThanSeats = Self(
        .warning, .owner, "more people are invited than may enter",
        why: """
            The room admits fewer occupants than the booking has attendees. The reservation holds; the last ones \
            stay outside.
            """,
        mend: "Choose a larger room, or raise max_occupants.",
        see: "design: rooms-and-owners, \"Settings\"",
        example: "team.ics:18: BKG040 warning: 20 attendees, and room board admits 12")
}
