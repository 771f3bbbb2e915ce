/// A fault of an XML export, or a limit that was reached. Thrown where it ends the reading of a record.
package struct XMLDiagnostic: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case notWellFormed = "XML001"
        case entityRefused = "XML002"
        case unknownDialect = "XML003"
        case missingElement = "XML004"
        case badValue = "XML005"
        case limit = "XML006"
        /// The native vocabulary has a schema, and this departs from it.
        case notValid = "XML008"
        case truncated = "SRC003"
        case encoding = "SRC007"
        case ownReport = "SRC012"
        case endAndDuration = "ICS007"
        case badRule = "ICS011"
        case foreignMethod = "ICS017"
        /// A password that would be lost.
        case badPassword = "BKG013"
    }

    /// What became of the thing that the diagnostic is about.
    package enum Effect: Hashable, Sendable {
        /// It was read, with the best guess at what was meant.
        case tolerated
        /// The value was left out; the booking stays.
        case valueIgnored
        /// The booking was left out.
        case bookingRejected
        /// Nothing of the file counts.
        case fileRejected
    }

    package var code: Code
    package var effect: Effect
    /// From 1.
    package var line: Int
    /// What is wrong, with the value at hand: one sentence without a full stop.
    package var message: String

    package init(_ code: Code, _ effect: Effect, line: Int, _ message: String) {
        self.code = code
        self.effect = effect
        self.line = line
        self.message = message
    }
}

extension XMLDiagnostic {
    /// The same finding with another effect.
    func with(_ effect: Effect) -> XMLDiagnostic {
        var copy = self
        copy.effect = effect
        return copy
    }
}
