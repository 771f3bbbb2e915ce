/// RPT and CFG: reports, and the configuration.
extension Catalogue.Entry {
    static let reportNotWritten = Self(
        .error, .operator, "a report cannot be written",
        why: """
            The system refused. The service goes on, the old report stays as it was, and writing is tried again at \
            the next pass.
            """,
        mend: "Give the user that runs Bookwatch the right to write there, and check that the disk is not full.",
        see: "design: reports",
        example: "reports/conflicts.json: RPT001 error: cannot be written: No space left on device")

    static let noReplyPossible = Self(
        .note, .source, "no reply can be made",
        why: "A reply goes to the organizer, and the booking has none. The decision stands in the other reports.",
        mend: "Write an ORGANIZER with a mail address into the booking.",
        see: "RFC 5546 §3.2.3; design: reports, \"iTIP replies\"",
        example: "team.ics:18: RPT003 note: no ORGANIZER, so no reply was written")

    static let unknownKey = Self(
        .error, .operator, "the configuration has an unknown key",
        why: "A mistyped key would be a setting that silently does nothing. The configuration was not taken.",
        mend: "Correct the name of the key, or remove it.",
        see: "design: operations, \"Configuration\"",
        example: "bookwatch.yaml:7: CFG001 error: unknown key 'prot'")

    static let badValue = Self(
        .error, .operator, "the configuration has a value that cannot be used",
        why: """
            It is of the wrong type, out of range, contradicts another one, or names what cannot be had: a port that \
            is taken, a store that cannot be opened or is a newer version's. The configuration was not taken.
            """,
        mend: "Write a value of the kind that the commented example shows.",
        see: "design: operations, \"Configuration\"",
        example: "bookwatch.yaml:3: CFG002 error: port is 'abc', and a number from 0 to 65535 was expected")

    static let reportsInsideWatched = Self(
        .error, .operator, "the reports lie inside a watched directory",
        why: """
            Each report would be news in the source, and reports could be read as bookings. The configuration was \
            not taken.
            """,
        mend: "Choose a directory for the reports that lies outside all sources.",
        see: "design: reports",
        example: "bookwatch.yaml:31: CFG004 error: reports are to lie in /srv/exports/hr, which is watched")

    static let readableSecret = Self(
        .error, .operator, "a secret can be read by others",
        why: """
            The file with the tokens is open to more users than its owner. Whoever reads it can open and close \
            rooms.
            """,
        mend: "Run `chmod 600` on the file.",
        see: "design: operations, \"Configuration\"",
        example: "/etc/bookwatch/tokens: CFG006 error: can be read by everybody (mode 0644)")

    static let publicWithoutToken = Self(
        .error, .operator, "a public address without a token",
        why: """
            Anybody who reaches the address could open and close rooms and read what is booked. The service does not \
            start.
            """,
        mend: "Set a `token_file`, or listen on 127.0.0.1.",
        see: "design: conference-api, \"Limits and security\"",
        example: "bookwatch.yaml:2: CFG007 error: 0.0.0.0 is open to others, and there is no token_file")
}
