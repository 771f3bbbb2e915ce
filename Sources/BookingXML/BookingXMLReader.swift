package import ICalendar

/// Reads one XML export from its bytes: booking by booking, in memory that does not grow with the file.
package struct BookingXMLReader: ~Copyable {
    private let parser: XMLPushParser
    private var collector: RecordCollector

    private let mappings: [XMLMapping]

    /// The namespace of the reports that are written back.
    private static let ownReports = "urn:bookwatch:reports:1"

    /// - Parameters:
    ///   - zones: for Exchange, which writes instants where a series follows its zone's clock; without it such a series
    ///     stays in UTC, and says so.
    ///   - mappings: for roots that no dialect knows, or that the operator reads otherwise. The first that fits counts.
    package init(limits: XMLLimits = XMLLimits(), zones: TimeZoneResolver? = nil, mappings: [XMLMapping] = []) {
        parser = XMLPushParser(limits: limits, mappings: mappings)
        collector = RecordCollector(limits: limits, zones: zones, mappings: mappings)
        self.mappings = mappings
    }

    /// Reads a whole file.
    ///
    /// `item` is called in the order of the file, before it is known whether the file is accepted: keep what it is
    /// given only if the reading is.
    package static func read(
        _ bytes: Span<UInt8>, limits: XMLLimits = XMLLimits(), zones: TimeZoneResolver? = nil,
        mappings: [XMLMapping] = [], item: (XMLItem) -> Void
    ) -> XMLReading {
        var reader = BookingXMLReader(limits: limits, zones: zones, mappings: mappings)
        reader.feed(bytes, item: item)
        return reader.finish(item: item)
    }

    /// Whether more bytes can still change anything.
    package var wantsMore: Bool { parser.outcome == .goingOn && collector.unknownRootLine == nil }

    /// Calls `watcher` for each row of a mapped file, before the item that it gives.
    mutating func watchRows(_ watcher: @escaping (MappedRow) -> Void) { collector.rowWatcher = watcher }

    /// Reads the next bytes, of any number.
    package mutating func feed(_ bytes: Span<UInt8>, item: (XMLItem) -> Void) {
        var offset = 0
        while offset < bytes.count, wantsMore {
            let end = min(offset + XMLPushParser.chunkBytes, bytes.count)
            parser.feed(bytes.extracting(offset..<end), to: &collector, item: item)
            offset = end
        }
    }

    /// Tells that no more bytes come.
    package consuming func finish(item: (XMLItem) -> Void) -> XMLReading {
        readEnd(item)
        let dialect = collector.dialect
        if let mapping = parser.mappingIndex.map({ mappings[$0] }) {
            return XMLReading(
                ending: ending, dialect: .mapped, mapping: mapping.name, sourceName: nil, defaultZone: mapping.zone,
                mode: mapping.mode, diagnostics: [fault].compactMap(\.self))
        }
        return XMLReading(
            ending: ending, dialect: dialect.map { type(of: $0).dialect }, sourceName: dialect?.sourceName,
            defaultZone: dialect?.defaultZone, mode: dialect?.mode ?? .snapshot,
            diagnostics: (dialect?.diagnostics ?? []) + [fault].compactMap(\.self))
    }

    private mutating func readEnd(_ item: (XMLItem) -> Void) {
        if wantsMore { parser.finish(to: &collector, item: item) }
    }

    private var ending: XMLReading.Ending {
        switch parser.outcome {
        case .complete: collector.dialect?.refusal == nil ? .complete : .refused
        case .goingOn where collector.unknownRootLine != nil: .refused
        case .truncated, .goingOn: .truncated
        case .notWellFormed, .entity, .encoding, .limit: .refused
        }
    }

    /// Why the file does not count; `nil` where it does.
    private var fault: XMLDiagnostic? {
        // A root that is cut in its name is unknown, too.
        if let line = collector.unknownRootLine, parser.outcome != .truncated {
            if parser.root.hasPrefix("{\(Self.ownReports)}") {
                return XMLDiagnostic(.ownReport, .fileRejected, line: line, "a report of Bookwatch, not read")
            }
            return XMLDiagnostic(
                .unknownDialect, .fileRejected, line: line, "the root element \(parser.root) is of no known dialect")
        }
        let code: XMLDiagnostic.Code
        switch parser.outcome {
        case .complete: return collector.dialect?.refusal
        case .truncated, .goingOn: code = .truncated
        case .notWellFormed: code = .notWellFormed
        case .entity: code = .entityRefused
        case .encoding: code = .encoding
        case .limit: code = .limit
        }
        return XMLDiagnostic(code, .fileRejected, line: parser.line, parser.message)
    }
}
