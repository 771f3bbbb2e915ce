/// A file of iCalendar data: any number of VCALENDAR objects, and what was wrong on the way to them.
///
/// Making one splits, unfolds and indexes every content line; values are decoded when they are asked for. It never
/// throws: bad input ends in ``diagnostics``, within the limits.
///
///     let document = CalendarDocument(bytes)
///     for calendar in document.calendars {
///         for decoded in calendar.events where !decoded.isRejected {
///             print(decoded.event.summary)
///         }
///     }
public struct CalendarDocument: Sendable {
    let storage: DocumentStorage
    /// What was found while the lines and components were read, in the order of reading. Findings about values come
    /// with the ``CalendarObject`` and the ``DecodedEvent`` that they concern.
    public let diagnostics: [ICalendarDiagnostic]
    /// Whether there is a VCALENDAR and every component has ended: `false` for a document that was cut off, or is
    /// none. Nothing should be concluded from what is missing in an incomplete document.
    public let isComplete: Bool

    /// Reads a document in one pass.
    ///
    /// - Parameters:
    ///   - bytes: The whole content: UTF-8, UTF-16, or lines in Windows-1252. It is unfolded where it lies if the
    ///     caller gives it away, and copied once otherwise.
    ///   - dialect: Which departures from the standard are accepted.
    ///   - limits: How much is read.
    public init(_ bytes: consuming [UInt8], dialect: Dialect = .lenient, limits: Limits = Limits()) {
        var source = DocumentSource(bytes, dialect: dialect, limits: limits)
        var reader = DocumentReader(
            dialect: dialect, limits: limits, hasBareReturns: source.hasBareReturns,
            checksEncoding: source.hasForeignLines)
        source.report(to: &reader.diagnostics)
        var text = source.takeText()
        var span = text.mutableSpan
        reader.read(&span, from: source.start)
        reader.reportWhole()
        diagnostics = reader.diagnostics.closed
        storage = DocumentStorage(
            text: text, lines: reader.lines.take(), components: reader.components,
            unreadableLines: reader.unreadableLines, dialect: dialect, limits: limits)
        isComplete =
            storage.components.contains { $0.kind == .calendar && $0.flags.contains(.outermost) }
            && !storage.components.contains { $0.flags.contains(.cut) }
    }

    /// The components that stand in no other, in order: calendars, and whatever else a broken document has there.
    public var components: [ComponentView] {
        var views: [ComponentView] = []
        var index = 0
        while index < storage.components.count {
            views.append(ComponentView(storage: storage, index: index))
            index = Int(storage.components[index].endComponent)
        }
        return views
    }

    /// The VCALENDAR objects, in order.
    public var calendars: [CalendarObject] {
        components.filter { $0.kind == .calendar }.map(CalendarObject.init)
    }
}
