/// The sizes that reading refuses to exceed; reaching one is XML006.
package struct XMLLimits: Sendable {
    /// Levels of nesting, the root included. Ends the file.
    package var depth = 64
    /// The longest tag, comment or DOCTYPE, in bytes. Ends the file.
    package var unconsumedBytes = 128 << 10
    /// The longest CDATA section, with its marks, where libxml2 gives it as a whole (from 2.14 on). Ends the file.
    /// Older ones give it in parts, and it is limited as text is.
    package var sectionBytes = 4 << 20
    /// Ends the file: libxml2's search for duplicates is quadratic.
    package var attributesPerElement = 256
    /// Different names and namespaces. Ends the file: libxml2 keeps each of them to the end, and looks them up ever
    /// more slowly.
    package var names = 10_000
    /// Elements of one record. Costs the record.
    package var elementsPerRecord = 10_000
    /// Text and attributes of one record, in bytes. Costs the record.
    package var textBytesPerRecord = 4 << 20

    /// Elements of one record that a mapping reads, and of what it gives. Costs the record.
    package var elementsPerMappedRecord = 5_000
    /// Text and attributes of one record that a mapping reads, and of what it gives. Costs the record.
    package var bytesPerMappedRecord = 512 << 10
    /// Costs the record.
    package var rowsPerMappedRecord = 1_000
    /// What XPath may do for one record, in nodes that it looks at and the like. Costs the record.
    package var xpathSteps = 1_000_000
    /// What it may do for a file, for each byte of its records, after ten records' worth; what comes later is rejected.
    package var xpathStepsPerByte = 20

    package init() {}
}
