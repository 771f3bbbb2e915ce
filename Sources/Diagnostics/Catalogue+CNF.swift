/// CNF and EXP: who got the slot, and what became of it.
extension Catalogue.Entry {
    static let slotTaken = Self(
        .error, .owner, "the slot is taken",
        why: """
            Another booking of the room overlaps this one and comes first. The report names what decided, and the \
            next free time.
            """,
        mend: "Move the booking to a free time or to another room.",
        see: "RFC 5546 §3.6 (4.0); design: conflicts, rules 6 and 7",
        example: """
            team.ics:118: CNF001 error: room blue is taken 2026-12-08 10:00–11:00 +01:00 by \"hr\" (booked earlier)
            """)

    static let bufferTaken = Self(
        .error, .owner, "the pause between two bookings is too short",
        why: "The slot itself is free, but the time that is kept free between bookings of different owners is not.",
        mend: "Move the booking away from its neighbour by the length of the buffer.",
        see: "design: conflicts, rule 1",
        example: "team.ics:118: CNF002 error: room blue needs 10 min between bookings; the one before ends at 10:00")

    static let seriesOverlapsItself = Self(
        .error, .owner, "the series overlaps itself",
        why: "Two occurrences of the same series want the room at the same time. The one that starts earlier keeps it.",
        mend: "Shorten the meeting, or let it recur less often.",
        see: "design: conflicts, rule 7",
        example: "team.ics:118: CNF004 error: the occurrence of 2026-12-08 10:00 overlaps that of 09:30")

    static let displaced = Self(
        .error, .owner, "a granted slot went to a booking of higher rank",
        why: """
            A confirmed booking came for a tentative one's slot, a source of higher priority claimed it, or the \
            configuration changed, more than an hour before the start.
            """,
        mend: "Confirm the booking early, and move this one to a free time.",
        see: "design: conflicts, rules 8 and 11",
        example: "team.ics:118: CNF006 error: room blue went to \"board meeting\", which is confirmed")

    static let promoted = Self(
        .note, .owner, "a declined booking has the slot now",
        why: "The booking that stood in its way is gone, and this one was the best-ranked of those that waited.",
        mend: "Tell the attendees that the room is theirs after all.",
        see: "design: conflicts, rule 10",
        example: "team.ics:118: CNF030 note: room blue is granted 2026-12-08 10:00–11:00 +01:00 after all")

    static let overBeforeImport = Self(
        .note, .source, "the booking was over before we saw it",
        why: "It ended before its export was read, so nobody could be admitted. It takes no part any more.",
        mend: "Export more often, and ahead of the meetings.",
        see: "design: conflicts, \"Expiry\"",
        example: "team.ics:18: EXP001 note: ended 2026-11-20 11:00, two days before the export was read")

    static let cutOff = Self(
        .note, .owner, "the conference went on until its room closed",
        why: "People were still in the room when its time was over; they were asked to leave.",
        mend: "Book a longer slot the next time.",
        see: "design: conflicts, \"Expiry\"",
        example: "team.ics:18: EXP020 note: room blue was open when it closed at 11:00")

    static let endedEarly = Self(
        .note, .owner, "the conference ended early",
        why: "Everybody had left more than 10 minutes before the end of the booking. The slot stayed the owner's.",
        mend: "Book a shorter slot if that is usual.",
        see: "design: conflicts, \"Expiry\"",
        example: "team.ics:18: EXP021 note: ended 10:20, booked until 11:00")

    static let closedByClock = Self(
        .note, .operator, "the conference was closed by our own clock",
        why: "Prosody did not say that it ended, within two minutes after its time: mostly it was restarted.",
        mend: "Check that Prosody reaches Bookwatch, and that both clocks are right.",
        see: "design: conflicts, \"Expiry\"",
        example: "blue: EXP022 note: no word of its end; closed at 11:02")

    static let noShow = Self(
        .note, .owner, "nobody came",
        why: "The room was never opened during the slot, although it would have been admitted.",
        mend: "Cancel bookings that are not needed, so that others can have the room.",
        see: "design: conflicts, \"Expiry\"",
        example: "team.ics:18: EXP030 note: room blue was never opened 2026-12-08 10:00–11:00 +01:00")

    static let changeWaits = Self(
        .note, .owner, "a change waits until the conference is over",
        why: """
            The booking was changed or cancelled while its conference is open. Nobody is put out of a meeting: the \
            change applies when it ends.
            """,
        mend: "End the conference if the change must apply at once.",
        see: "design: conflicts, rule 9",
        example: "team.ics:18: EXP040 note: room blue is open until 11:00; the change waits")
}
