/// The sizes that reading refuses to exceed; reaching one is XML006.
package struct XMLLimits: Sendable {
    /// Levels of nesting, the root included. Ends the file.
    package var depth = 64
    /// The longest tag, comment or DOCTYPE, in bytes. Ends the file.
    package var unconsumedBytes = 128 << 10
    /// Ends the file: libxml2's search for duplicates is quadratic.
    package var attributesPerElement = 256
    /// Elements of one record. Costs the record.
    package var elementsPerRecord = 10_000
    /// Text and attributes of one record, in bytes. Costs the record.
    package var textBytesPerRecord = 4 << 20

    package init() {}
}
