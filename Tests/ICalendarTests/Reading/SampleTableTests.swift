import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("Tables of documents") struct SampleTableTests {
    @Test("The samples give what the golden table says")
    func samples() throws {
        let table = Sample.all.map { "== \($0.name)\n" + DocumentSummary.full(CalendarDocument($0.bytes)) }
        try expectGolden(table.joined(separator: "\n"), "samples.txt")
    }

    @Test("The corpus gives what the golden table says", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
    func corpus() throws {
        let folder = try #require(Corpus.folder).appending(path: "icalendar")
        let names = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
            .sorted()
        var table = ""
        for name in names where !name.hasSuffix(".md") {
            let file = folder.appending(path: name)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let document = try CalendarDocument(Array(Data(contentsOf: file)))
            table += "\(name): \(DocumentSummary.short(document))\n"
        }
        try expectGolden(table, "corpus.txt")
    }
}

/// What a document gave, as text for a golden file.
enum DocumentSummary {
    /// Counts of components, of occurrences and of findings, in one line.
    static func short(_ document: CalendarDocument) -> String {
        var counts: [String: Int] = [:]
        var queue = document.components
        while let component = queue.popLast() {
            counts[component.name, default: 0] += 1
            queue += component.components
        }
        let (occurrences, expansions) = occurrences(document)
        let components = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let rejected = document.decodedEvents.filter(\.isRejected).count
        var findings: [String: Int] = [:]
        for diagnostic in document.allDiagnostics + expansions { findings[label(diagnostic), default: 0] += 1 }
        let diagnostics = findings.sorted { $0.key < $1.key }.map { "\($0.key)×\($0.value)" }
        let flaws = (rejected > 0 ? ["\(rejected) rejected"] : []) + (document.isComplete ? [] : ["incomplete"])
        return (components + ["\(occurrences) occurrences"] + flaws + diagnostics).joined(separator: ", ")
    }

    /// How many times something begins from 2020 to the end of 2030, and what was found while they were worked out.
    private static func occurrences(_ document: CalendarDocument) -> (count: Int, diagnostics: [ICalendarDiagnostic]) {
        let window = Date(timeIntervalSince1970: 1_577_836_800)..<Date(timeIntervalSince1970: 1_924_992_000)
        var count = 0
        var diagnostics: [ICalendarDiagnostic] = []
        for calendar in document.calendars {
            let (zones, findings) = calendar.vtimezones()
            diagnostics += findings
            let resolver = TimeZoneResolver(database: .system, vtimezones: zones, defaultZone: .utc)
            let events = calendar.events.filter { !$0.isRejected }.map(\.event)
            for series in EventSeries.grouping(events) {
                let expansion = series.expansion(in: window, resolver: resolver)
                count += expansion.occurrences.count
                diagnostics += expansion.diagnostics
            }
        }
        return (count, diagnostics)
    }

    /// Every event and every finding.
    static func full(_ document: CalendarDocument) -> String {
        var text = "complete: \(document.isComplete)\n"
        for calendar in document.calendars {
            text += "calendar name=\(calendar.name ?? "-") zone=\(calendar.defaultZoneName ?? "-")"
            text += " zones=\(calendar.timeZones.count)\n"
        }
        for decoded in document.decodedEvents { text += describe(decoded) }
        for diagnostic in document.allDiagnostics {
            text += "\(diagnostic.line): \(label(diagnostic)) \(diagnostic.message)\n"
        }
        return text
    }

    private static func describe(_ decoded: DecodedEvent) -> String {
        let event = decoded.event
        var text = "event line=\(event.line)\(decoded.isRejected ? " rejected" : "") uid=\(event.uid ?? "-")"
        text += " start=\(describe(event.start)) end=\(describe(event.end))"
        text += " duration=\(event.duration?.valueText ?? "-") rules=\(event.rules.map(\.description))\n"
        text += "  summary=\(event.summary.debugDescription) location=\(event.location.debugDescription)"
        text +=
            " status=\(event.status?.rawValue ?? "-") transparent=\(event.isTransparent) class=\(event.classification)\n"
        text += "  recurrenceID=\(describe(event.recurrenceID)) future=\(event.appliesToFuture)\n"
        for date in event.recurrenceDates { text += "  rdate \(describe(date))\n" }
        for date in event.exceptionDates { text += "  exdate \(describe(date))\n" }
        for user in event.attendees { text += "  attendee \(user)\n" }
        for other in event.others { text += "  other \(other.name)=\(other.value.debugDescription)\n" }
        for conference in event.conferences { text += "  conference \(conference)\n" }
        return text
    }

    private static func describe(_ time: CalendarTime?) -> String {
        guard let time else { return "-" }
        if case .zoned(_, let tzid) = time { return "\(time.valueText) \(tzid)" }
        return time.valueText
    }

    private static func describe(_ date: Event.RecurrenceDate) -> String {
        switch date.period {
        case nil: describe(date.start)
        case .end(let end): "\(describe(date.start)) to \(describe(end))"
        case .duration(let duration): "\(describe(date.start)) for \(duration.valueText)"
        }
    }

    private static func label(_ diagnostic: ICalendarDiagnostic) -> String {
        let effect =
            switch diagnostic.effect {
            case .noted: "noted"
            case .tolerated: "tolerated"
            case .valueIgnored: "ignored"
            case .componentRejected: "rejected"
            }
        return "\(diagnostic.code.rawValue) \(effect)"
    }
}
