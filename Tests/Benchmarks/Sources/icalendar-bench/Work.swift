import Foundation
import ICalendar
import Measuring

/// What is measured, each in a process of its own so that neither memory nor caches are shared.
enum Work: String, CaseIterable {
    /// `read(2)` of the whole file; all others count from its end on.
    case read
    /// Every line feed counted.
    case scan
    /// Lines split and unfolded, components built, the values that a scheduler needs decoded.
    case parse
    /// The same, with every event made into an `Event`: all properties decoded, texts included.
    case events
    /// The same tables, the times of all events, and their occurrences in the year 2026.
    case expand

    func run(_ path: String) throws -> Measurement {
        var measurement = Measurement()
        measurement.begin()
        let bytes = try File.bytes(path)
        if self != .read { measurement.begin() }
        switch self {
        case .read: measurement.checksum = UInt64(bytes.count)
        case .scan: for byte in bytes where byte == 10 { measurement.checksum += 1 }
        case .parse, .events, .expand: return measure(CalendarDocument(bytes), measurement)
        }
        measurement.end()
        return measurement
    }

    /// Ends before the document is freed, as the peer does, which never frees its own.
    private func measure(_ document: CalendarDocument, _ begun: Measurement) -> Measurement {
        var measurement = begun
        switch self {
        case .read, .scan: break
        case .parse: Self.parse(document, &measurement)
        case .events: Self.decode(document, &measurement)
        case .expand: Self.expand(document, &measurement)
        }
        measurement.end()
        return withExtendedLifetime(document) { measurement }
    }

    private static func parse(_ document: CalendarDocument, _ measurement: inout Measurement) {
        var checksum = Checksum()
        for calendar in document.calendars {
            for component in calendar.component.components where component.kind == .event {
                measurement.events += 1
                component.forEachProperty { property in
                    do throws(ICalendarError) {
                        try mix(property, &checksum)
                    } catch {
                        measurement.errors += 1
                    }
                }
            }
        }
        measurement.checksum = checksum.value
    }

    private static func mix(
        _ property: borrowing PropertyView, _ checksum: inout Checksum
    ) throws(ICalendarError) {
        switch property.kind {
        case .uid, .status: property.withValueBytes { checksum.mix($0) }
        case .start, .eventEnd, .recurrenceID: checksum.mix(try property.time())
        case .exceptionDate: for time in try property.times() { checksum.mix(time) }
        case .duration: checksum.mix(try property.duration())
        case .rule: checksum.mix(try property.rule())
        case .sequence: checksum.mix(try property.integer())
        case .attendee: checksum.mix(property.user)
        case _: break
        }
    }

    /// The sum is over other values than the peer's, in another order: it only keeps the work from being left out.
    private static func decode(_ document: CalendarDocument, _ measurement: inout Measurement) {
        var checksum = Checksum()
        for calendar in document.calendars {
            for decoded in calendar.events {
                measurement.events += 1
                measurement.errors += decoded.diagnostics.count
                checksum.mix(decoded.event.summary)
                checksum.mix(decoded.event.details)
                for attendee in decoded.event.attendees { checksum.mix(attendee.commonName) }
            }
        }
        measurement.checksum = checksum.value
    }

    /// Counts occurrences, not events; each is hashed by itself, so that the order does not matter.
    private static func expand(_ document: CalendarDocument, _ measurement: inout Measurement) {
        for calendar in document.calendars {
            let resolver = TimeZoneResolver(
                database: .system, vtimezones: calendar.vtimezones().zones, defaultZone: .utc)
            for decoded in calendar.series(decoding: .times) {
                measurement.errors += decoded.diagnostics.count
                let expansion = decoded.series.expansion(in: year, resolver: resolver)
                if expansion.isRejected { measurement.errors += 1 }
                guard !expansion.occurrences.isEmpty else { continue }
                var named = Checksum()
                named.mix(decoded.series.uid ?? "")
                for occurrence in expansion.occurrences {
                    var checksum = named
                    checksum.mix(Int(occurrence.start.timeIntervalSince1970))
                    checksum.mix(Int(occurrence.end.timeIntervalSince1970))
                    measurement.events += 1
                    measurement.checksum &+= checksum.value
                }
            }
        }
    }

    private static let year = Date(timeIntervalSince1970: 1_767_225_600)..<Date(timeIntervalSince1970: 1_798_761_600)
}

/// What one process found, and what it cost.
struct Measurement {
    var events = 0
    var errors = 0
    var checksum: UInt64 = 0
    private(set) var cost = Cost(cpuSeconds: 0, peakBytes: 0)

    /// Counts the CPU time of this process from now on.
    mutating func begin() { cost.cpuSeconds = -Cost.ofSelf().cpuSeconds }

    mutating func end() {
        let now = Cost.ofSelf()
        cost.cpuSeconds += now.cpuSeconds
        cost.peakBytes = now.peakBytes
    }

    var line: String {
        let digits = String(checksum, radix: 16)
        let padding = String(repeating: "0", count: 16 - digits.count)
        return "events=\(events) errors=\(errors) checksum=\(padding)\(digits)"
            + " cpu=\(cost.cpuSeconds) kilobytes=\(cost.peakBytes / 1_024)"
    }

    init() {}

    /// Reads `name=value` words; `nil` without a checksum and a time.
    init?(line: String) {
        for word in line.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "events": events = Int(parts[1]) ?? 0
            case "errors": errors = Int(parts[1]) ?? 0
            case "checksum": checksum = UInt64(parts[1], radix: 16) ?? 0
            case "cpu": cost.cpuSeconds = Double(parts[1]) ?? 0
            case "kilobytes": cost.peakBytes = (Int(parts[1]) ?? 0) * 1_024
            case _: break
            }
        }
        guard checksum != 0, cost.cpuSeconds > 0 else { return nil }
    }
}
