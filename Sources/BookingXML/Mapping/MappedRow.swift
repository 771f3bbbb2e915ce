/// One row of a mapped file as libxml2 gives it: the texts of its fields, not yet made into anything.
package struct MappedRow: Hashable, Sendable {
    package struct Text: Hashable, Sendable {
        /// Without white space at its ends.
        package var text: String
        package var line: Int
    }

    /// Of the node that is the row.
    package var line: Int
    /// By the place of the field among the mapping's rules.
    package var texts: [[Text]]
    /// Why it gives no booking, whatever its texts are.
    package var fault: XMLDiagnostic?

    init(line: Int, fields: Int) {
        self.line = line
        texts = Array(repeating: [], count: fields)
    }
}
