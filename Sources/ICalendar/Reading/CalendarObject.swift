/// A VCALENDAR (RFC 5545 §3.4).
public struct CalendarObject: Sendable {
    /// The calendar as a component, with all its properties.
    public let component: ComponentView
    /// METHOD, upper-cased; `nil` when absent or empty (RFC 5546 §1.4).
    public let method: String?

    init(_ component: ComponentView) {
        self.component = component
        let method = component.first(.method)?.text.uppercased() ?? ""
        self.method = method.isEmpty ? nil : method
    }

    /// NAME (RFC 7986 §5.1), else X-WR-CALNAME.
    public var name: String? { (component.first(.name) ?? component.first(.xCalendarName))?.text }

    /// X-WR-TIMEZONE: the zone of floating times, as Google and Apple mean it.
    public var defaultZoneName: String? { component.first(.xTimeZone)?.text }

    /// VERSION (RFC 5545 §3.7.4); `nil` when absent.
    public var version: String? { component.first(.version)?.text }

    /// PRODID (§3.7.3): which program wrote the calendar; `nil` when absent.
    public var productID: String? { component.first(.productID)?.text }

    /// Its VTIMEZONE components, in order.
    public var timeZones: [ComponentView] { component.components(of: .timeZone) }

    /// Its VEVENT components, decoded one after the other as they are asked for.
    public var events: EventSequence { events(decoding: .everything) }

    /// The same, with what is not needed left undecoded.
    public func events(decoding detail: EventDetail) -> EventSequence {
        EventSequence(calendar: self, detail: detail)
    }

    /// Its VEVENT components put together by UID, each series decoded when the iterator comes to it.
    ///
    /// There are none in a calendar that its ``diagnostics`` reject. It gives what ``EventSeries/grouping(_:)`` makes
    /// of all events that are not rejected, in less time and memory.
    public func series(decoding detail: EventDetail) -> SeriesSequence {
        SeriesSequence(calendar: self, detail: detail)
    }

    /// What is wrong with the calendar itself, and what in it is not read: one note for each kind of component.
    public var diagnostics: [ICalendarDiagnostic] {
        [versionDiagnostic, methodDiagnostic].compactMap(\.self) + foreignComponentDiagnostics
    }

    /// Whether none of it is read.
    var isRejected: Bool { versionDiagnostic?.effect == .componentRejected }

    /// VERSION is `2.0`, or a range that ends there (§3.7.4).
    var versionDiagnostic: ICalendarDiagnostic? {
        let property = component.first(.version)
        let version = property?.text
        guard version?.hasSuffix("2.0") != true else { return nil }
        let effect: ICalendarDiagnostic.Effect =
            component.storage.dialect.acceptsOtherVersions ? .tolerated : .componentRejected
        let message = version.map { "VERSION is \(Excerpt.text($0)), read as 2.0" } ?? "the calendar has no VERSION"
        return ICalendarDiagnostic(.unsupportedVersion, effect, line: property?.line ?? component.line, message)
    }

    /// Answers and requests between people (RFC 5546 §3.2) say nothing about what is booked.
    private var methodDiagnostic: ICalendarDiagnostic? {
        guard let method, ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"].contains(method) else { return nil }
        let line = component.first(.method)?.line ?? component.line
        return ICalendarDiagnostic(.foreignMethod, .tolerated, line: line, "METHOD is \(method), which books nothing")
    }

    private var foreignComponentDiagnostics: [ICalendarDiagnostic] {
        var counts: [(name: String, count: Int, line: Int)] = []
        for child in component.components where child.kind != .event && child.kind != .timeZone {
            let name = child.name
            if let known = counts.firstIndex(where: { $0.name == name }) {
                counts[known].count += 1
            } else if counts.count < component.storage.limits.diagnostics {
                counts.append((name, 1, child.line))
            }
        }
        return counts.map { name, count, line in
            ICalendarDiagnostic(.foreignComponent, .tolerated, line: line, "\(count) × \(Excerpt.text(name)), not read")
        }
    }
}
