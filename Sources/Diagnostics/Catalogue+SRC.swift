/// SRC: sources and their files.
extension Catalogue.Entry {
    static let unreadable = Self(
        .error, .operator, "a file or directory cannot be read",
        why: """
            The system refused to open or read it, or the disk with exports of the source is not mounted, or there was \
            no room for the temporary file by way of which a large export is read. The last good bookings stay in \
            force, of a directory those of all that lies below it, and it is tried again. Elsewhere in the source \
            removed exports are withdrawn as ever.
            """,
        mend: """
            Give the user that runs Bookwatch the right to read the file and to enter its directories; mount the disk, \
            or run `bookwatch sources accept NAME` if it is gone for good, which withdraws what its exports have \
            booked; for a large export, make room in the directory for temporary files (/var/tmp, or what \
            SQLITE_TMPDIR names).
            """,
        see: "design: ingest, \"Removal, and the guard\"",
        example: "hr/team.ics: SRC001 error: cannot be read: Permission denied")

    static let vanished = Self(
        .warning, .operator, "a file went while it was looked at",
        why: """
            It was listed, but gone when it was to be read. Nothing is withdrawn yet: an export counts as removed \
            only after two scans that read its directory to the end have not shown it.
            """,
        mend: "Replace exports by renaming a finished file over the old one, so that there is always one to read.",
        see: "design: ingest, \"Removal, and the guard\"",
        example: "hr/team.ics: SRC002 warning: is no longer there")

    static let truncated = Self(
        .error, .source, "the file ends too early",
        why: """
            The last component or the root element is not closed, or the file is empty, and nobody has gone on \
            writing for 10 minutes. A part of an export would look like removed bookings, so the last good content \
            stays in force.
            """,
        mend: "Export the file again, and check that the disk of the exporting machine is not full.",
        see: "RFC 5545 §3.4; design: ingest, \"Settling\"",
        example: "hr/team.ics:118: SRC003 error: the file ends in the middle of a component")

    static let stillChanging = Self(
        .warning, .source, "the file does not come to rest",
        why: """
            Size or times differ at every look, so nobody can say when it is complete. The last good content stays \
            in force until it rests for a second.
            """,
        mend: "Write the export under a temporary name in the same directory, and rename it when it is complete.",
        see: "design: ingest, \"Settling\"",
        example: "hr/team.ics: SRC004 warning: has been changing for 10 minutes")

    static let tooLarge = Self(
        .error, .source, "the file or the directory is too large",
        why: """
            It is above the limit that keeps memory bounded (256 MiB for iCalendar, 1 GiB for XML), or the source \
            has more exports than are looked at. It was not read; the last good content stays in force.
            """,
        mend: "Split the export by room or by year, and leave out attachments.",
        see: "design: ingest, \"Limits\"",
        example: "hr/all.ics: SRC005 error: has 300000000 bytes, more than the limit of 268435456")

    static let unknownFormat = Self(
        .error, .source, "the content is neither iCalendar nor XML",
        why: """
            The name promises an export, but the content has no calendar and no XML document; often it is a web page \
            that says that the login has expired. Nothing was read; the last good content stays in force.
            """,
        mend: "Open the file in an editor, and mend the job that writes it.",
        see: "RFC 5545 §3.4; design: ingest, \"Watching\"",
        example: "hr/team.ics: SRC006 error: neither iCalendar nor XML: no BEGIN:VCALENDAR was found")

    static let badEncoding = Self(
        .warning, .source, "the text is not UTF-8",
        why: """
            iCalendar is UTF-8 unless something else was agreed. The text was read in the encoding that fits best, \
            so names of rooms and people may be wrong.
            """,
        mend: "Set the exporting program to write UTF-8.",
        see: "RFC 5545 §3.1.4",
        example: "hr/team.ics:12: SRC007 warning: the text is not UTF-8 and was read as Windows-1252")

    static let stale = Self(
        .warning, .operator, "the source has brought no news for too long",
        why: """
            Nothing in the source has changed for longer than its `expect_every`. Its bookings stay in force, but \
            they may be out of date.
            """,
        mend: "Check that the job that exports still runs and writes to this directory.",
        see: "design: ingest, \"Removal, and the guard\"",
        example: "hr: SRC008 warning: no news for 26 h, expected every 24 h")

    static let removalHeld = Self(
        .error, .operator, "so much would be removed that it is held back",
        why: """
            More than half of the source's future bookings, or all of an export that still exists, would be \
            withdrawn within an hour. That is mostly an accident: additions and changes apply, withdrawals wait for \
            a word from you.
            """,
        mend: "Run `bookwatch sources accept NAME` if the removal is meant, else bring the exports back.",
        see: "design: ingest, \"Removal, and the guard\"",
        example: "hr: SRC010 error: 41 of 60 future bookings would be withdrawn; they are held")

    static let notARegularFile = Self(
        .error, .operator, "a path is not a regular file below the source's directory",
        why: """
            It is a FIFO, a socket or a device, a link that leads out of the directory or nowhere, lies too deep, or \
            has a name that cannot be used. It was not opened.
            """,
        mend: "Put a regular file there, or make the place it leads to a source of its own.",
        see: "design: ingest, \"Watching\"",
        example: "hr/team.ics: SRC011 error: leads out of the directory, or nowhere")

    static let ownReport = Self(
        .note, .operator, "one of our own reports lies among the exports",
        why: """
            It was written by Bookwatch and is never imported, or bookings would come back to life from reports \
            about them.
            """,
        mend: "Move the reports to a directory outside all sources.",
        see: "design: reports",
        example: "hr/team.report.xml: SRC012 note: a report of Bookwatch, not read")

    static let setAside = Self(
        .error, .operator, "content that stopped the service three times is set aside",
        why: """
            The number of attempts is written down before a file is read. This content was being read at three ends \
            of the service that were not clean, so it is left alone until it changes; the last good content stays in \
            force.
            """,
        mend: "Export the file again, and report the file that was set aside as a fault of Bookwatch.",
        see: "design: ingest, \"Switching\"",
        example: "hr/team.ics: SRC013 error: set aside after 3 attempts that ended the service")
}
