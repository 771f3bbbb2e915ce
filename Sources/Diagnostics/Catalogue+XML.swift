/// XML: exports in XML.
extension Catalogue.Entry {
    static let notWellFormed = Self(
        .error, .source, "the file is not well-formed XML",
        why: """
            The parser cannot read on. A file counts only if it is well-formed to its end, so the last good content \
            stays in force.
            """,
        mend: "Check the file with `xmllint --noout FILE`, and mend the program that writes it.",
        see: "XML 1.0 §2.1; design: xml",
        example: "rooms.xml:73: XML001 error: opening and ending tag mismatch: booking and room")

    static let entityRefused = Self(
        .error, .source, "a DTD with entities is refused",
        why: """
            Entity declarations can fill the memory or read other files, and no export needs them. The file was left \
            at the first one; the last good content stays in force.
            """,
        mend: "Write the text itself in the place of entities, and leave out the declarations.",
        see: "XML 1.0 §4.2; design: xml, \"How it is read\"",
        example: "rooms.xml:3: XML002 error: the file declares the entity \"lol\"")

    static let unknownDialect = Self(
        .error, .source, "the XML is in no known vocabulary",
        why: """
            Root element and namespace fit no dialect that is built in and no mapping of the configuration. Nothing \
            was read.
            """,
        mend: "Write a mapping for it, and try it with `bookwatch mapping try MAPPING FILE`.",
        see: "design: xml, \"Mapped dialects\"",
        example: "rooms.xml:2: XML003 error: root element <events> without a namespace is not known")

    static let missingElement = Self(
        .error, .source, "an element or attribute is missing",
        why: """
            The record does not say what a booking must say, such as its start. The record was rejected, the others \
            were read.
            """,
        mend: "Write the missing element into each record.",
        see: "design: xml, \"Dialects built in\"",
        example: "rooms.xml:18: XML004 error: the booking has no <start>")

    static let badElementValue = Self(
        .error, .source, "the value of an element or attribute cannot be used",
        why: """
            It is not in the form that the vocabulary asks for. Where it matters for the time or room, the record \
            was rejected.
            """,
        mend: "Write the value in the form of the vocabulary's schema.",
        see: "design: xml, \"Dialects built in\"",
        example: "rooms.xml:19: XML005 error: duration is \"1 hour\", and PT1H was expected")

    static let xmlLimit = Self(
        .error, .source, "a limit of the XML reader was reached",
        why: """
            Elements are nested too deep, or one of them is too large. The file was left there; the last good \
            content stays in force.
            """,
        mend: "Make the document flatter, and leave out large attributes and embedded data.",
        see: "design: ingest, \"Limits\"",
        example: "rooms.xml:9: XML006 error: elements are nested more than 64 deep")

    static let notValid = Self(
        .warning, .source, "the file is not valid by its schema",
        why: """
            It is well-formed, but departs from the schema: with elements or attributes that are not known, or with \
            values that are written otherwise. It was read all the same, but for elements that may have been meant for \
            a booking: they are rejected, and what was booked under their id stays.
            """,
        mend: "Check the file with `xmllint --schema` and the schema that ships with Bookwatch.",
        see: "design: xml, \"Native vocabulary\"",
        example: "rooms.xml:2: XML008 warning: bookings has an attribute that is not known")
}
