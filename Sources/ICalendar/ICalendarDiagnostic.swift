/// A departure from the standard, or a limit that was reached, found while reading or expanding.
public struct ICalendarDiagnostic: Hashable, Sendable {
    /// What was found, under the code that reports show: stable, and never used for anything else.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case badLine = "ICS001"
        case unbalancedComponent = "ICS003"
        case missingUID = "ICS004"
        case missingStart = "ICS005"
        case badDateTime = "ICS006"
        case endAndDuration = "ICS007"
        case unknownZone = "ICS008"
        case zoneByName = "ICS009"
        case floatingTime = "ICS010"
        case badRule = "ICS011"
        case endlessRule = "ICS012"
        case tooManyOccurrences = "ICS013"
        case orphanedOverride = "ICS014"
        case exceptionDateType = "ICS015"
        case foreignComponent = "ICS016"
        case foreignMethod = "ICS017"
        case unsupportedVersion = "ICS018"
        case zoneTransition = "ICS020"
        /// Text in another encoding than UTF-8, recognised or not.
        case encoding = "SRC007"
    }

    /// What became of the thing that the diagnostic is about.
    public enum Effect: Hashable, Sendable {
        /// It was read as it is written, or plays no part.
        case noted
        /// It was read, with the best guess at what was meant.
        case tolerated
        /// The value was left out; the component stays.
        case valueIgnored
        /// The component was left out.
        case componentRejected
    }

    /// What was found.
    public var code: Code
    /// What became of the value or of the component.
    public var effect: Effect
    /// From 1, counted before unfolding.
    public var line: Int
    /// What is wrong, with the value at hand: one sentence without a full stop.
    public var message: String

    /// A finding at a line of the document, from 1.
    public init(_ code: Code, _ effect: Effect, line: Int, _ message: String) {
        self.code = code
        self.effect = effect
        self.line = line
        self.message = message
    }
}
