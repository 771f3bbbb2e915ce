/// Why a value could not be read.
public struct ICalendarError: Error, Hashable, Sendable {
    /// What is wrong, to branch on.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Nothing where a value must be.
        case empty
        /// A byte that the grammar does not allow at this place.
        case unexpectedByte
        /// The value ends too early.
        case unexpectedEnd
        /// Something follows a value that is already complete.
        case trailingBytes
        /// A day that the calendar does not have.
        case noSuchDate
        /// A time that a day does not have.
        case noSuchTime
        /// A number outside the range that its place allows.
        case outOfRange
        /// A part that must be there is not.
        case missingPart
        /// A part that may be there once is there twice.
        case repeatedPart
        /// A part or word that the standard does not know.
        case unknownPart
        /// Parts that exclude each other.
        case contradiction
        /// Legal, but not supported, such as a calendar scale other than the Gregorian.
        case unsupported
    }

    /// What is wrong, to branch on.
    public let code: Code
    /// In bytes from the start of the value.
    public let offset: Int
    /// What is wrong, with the part at hand: one sentence without a full stop.
    public var message: String

    /// An error at `offset` bytes from the start of the value.
    public init(_ code: Code, offset: Int, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }
}

extension ICalendarError: CustomStringConvertible {
    public var description: String { "byte \(offset): \(message) (\(code.rawValue))" }
}
