import Diagnostics

/// An export that is read piece by piece, so that a great XML file is never in memory as a whole. iCalendar is: its
/// lines are told by their places in it.
package struct ExportStream: ~Copyable {
    private let reader: ExportReader
    private let path: String
    private let budget: CPUBudget
    private var content = Content.unknown

    private enum Content: ~Copyable {
        case unknown
        case whole([UInt8])
        case xml(XMLExport)
        /// The time for it is over.
        case givenUp
    }

    /// Bytes that are read before the processor's time is looked at again.
    private static let pieceBytes = 256 << 10

    init(_ reader: ExportReader, path: String, budget: CPUBudget) {
        self.reader = reader
        self.path = path
        self.budget = budget
    }

    /// Reads the next bytes. The first piece tells the format: all of the file, or at least 4,096 bytes of it.
    package mutating func feed(_ bytes: Span<UInt8>) {
        var former = Content.unknown
        swap(&former, &content)
        content = Self.fed(former, bytes, by: reader, within: budget)
    }

    private static func fed(
        _ content: consuming Content, _ bytes: Span<UInt8>, by reader: ExportReader, within budget: CPUBudget
    ) -> Content {
        switch consume content {
        case .unknown: return start(bytes, by: reader, within: budget)
        case .whole(var whole):
            unsafe bytes.withUnsafeBufferPointer { unsafe whole.append(contentsOf: $0) }
            return .whole(whole)
        case .xml(let export): return feed(bytes, to: export, within: budget)
        case .givenUp: return .givenUp
        }
    }

    /// Tells that no more bytes come. What is wrong with the content is in the result.
    package consuming func finish() -> ImportedExport {
        let parsed: ParsedExport
        switch consume content {
        case .unknown: parsed = reader.parse([])
        case .whole(let whole): parsed = reader.parse(whole)
        case .xml(let export): parsed = export.finish()
        case .givenUp:
            parsed = ParsedExport(
                ending: .refused,
                diagnostics: [Diagnostic(.xmlLimit, "the file takes more of the processor than it may")])
        }
        return reader.translate(parsed, path: path, within: budget)
    }

    private static func start(
        _ bytes: Span<UInt8>, by reader: ExportReader, within budget: CPUBudget
    ) -> Content {
        let first = unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) }
        switch ExportFormat(of: first) {
        case .empty, .iCalendar: return .whole(first)
        case .xml:
            let rules = reader.rules
            return feed(
                bytes, to: XMLExport(mappings: rules.mappings, zones: rules.zones, defaultZone: rules.zone),
                within: budget)
        }
    }

    private static func feed(
        _ bytes: Span<UInt8>, to export: consuming XMLExport, within budget: CPUBudget
    ) -> Content {
        var offset = 0
        while offset < bytes.count {
            guard !budget.isSpent else { return .givenUp }
            let end = min(offset + pieceBytes, bytes.count)
            export.feed(bytes.extracting(offset..<end))
            offset = end
        }
        return .xml(export)
    }
}
