import Diagnostics

/// The first reading of an export that is read piece by piece, so that a great XML file is never in memory as a whole.
/// iCalendar is: its lines are told by their places in it.
package struct ExportSurvey: ~Copyable {
    private let reader: ExportReader
    private var budget: ExportBudget
    private var content = Content.unknown

    private enum Content: ~Copyable {
        case unknown
        case whole([UInt8])
        case xml(XMLSurvey)
        /// The time for it is over.
        case givenUp
    }

    /// Bytes that are read before the processor's time is looked at again.
    static let pieceBytes = 256 << 10

    init(_ reader: ExportReader, budget: ExportBudget) {
        self.reader = reader
        self.budget = budget
    }

    /// Reads the next bytes. The first piece tells the format: all of the file, or at least 4,096 bytes of it.
    package mutating func feed(_ bytes: Span<UInt8>) {
        var former = Content.unknown
        swap(&former, &content)
        content = Self.fed(former, bytes, by: reader, within: &budget)
    }

    private static func fed(
        _ content: consuming Content, _ bytes: Span<UInt8>, by reader: ExportReader, within budget: inout ExportBudget
    ) -> Content {
        switch consume content {
        case .unknown: return start(bytes, by: reader, within: &budget)
        case .whole(var whole):
            unsafe bytes.withUnsafeBufferPointer { unsafe whole.append(contentsOf: $0) }
            return .whole(whole)
        case .xml(let survey): return feed(bytes, to: survey, within: &budget)
        case .givenUp: return .givenUp
        }
    }

    /// Tells that no more bytes come.
    package consuming func finish() -> ExportOutline {
        let parsed: ParsedExport
        switch consume content {
        case .unknown: parsed = reader.parse([])
        case .whole(let whole): parsed = reader.parse(whole)
        case .xml(let survey): return ExportOutline(of: survey.finish(), budget: budget)
        case .givenUp:
            parsed = ParsedExport(
                ending: .refused,
                diagnostics: [Diagnostic(.xmlLimit, "the file takes more of the processor than it may")])
        }
        return ExportOutline(of: XMLOutline(parsed: parsed), needsSecondReading: false, budget: budget)
    }

    private static func start(
        _ bytes: Span<UInt8>, by reader: ExportReader, within budget: inout ExportBudget
    ) -> Content {
        let first = unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
        switch ExportFormat(of: first) {
        case .empty, .iCalendar: return .whole(first)
        case .xml: return feed(bytes, to: XMLSurvey(reader.rules), within: &budget)
        }
    }

    private static func feed(
        _ bytes: Span<UInt8>, to survey: consuming XMLSurvey, within budget: inout ExportBudget
    ) -> Content {
        var offset = 0
        while offset < bytes.count {
            guard !budget.isSpent() else { return .givenUp }
            let end = min(offset + pieceBytes, bytes.count)
            survey.feed(bytes.extracting(offset..<end))
            offset = end
        }
        return .xml(survey)
    }
}

/// What a first reading has found out.
package struct ExportOutline: Sendable {
    let xml: XMLOutline
    /// Whether there are entries that only a second reading gives.
    package let needsSecondReading: Bool
    let budget: ExportBudget

    fileprivate init(of xml: XMLOutline, needsSecondReading: Bool, budget: ExportBudget) {
        self.xml = xml
        self.needsSecondReading = needsSecondReading
        self.budget = budget
    }

    /// Of a file that does not count nobody wants the entries.
    fileprivate init(of xml: XMLOutline, budget: ExportBudget) {
        self.init(of: xml, needsSecondReading: xml.parsed.ending == .complete, budget: budget)
    }
}
