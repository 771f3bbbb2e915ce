/// Decodes VEVENTs (RFC 5545 §3.6.1), one after the other.
struct EventReader {
    private let storage: DocumentStorage
    private let text: [UInt8]
    private let detail: EventDetail
    /// The METHOD of the calendar, upper-cased.
    private let method: String?
    private var zoneNames: ZoneNameMemory
    private var diagnostics: DiagnosticList
    /// The last content line that was reported, and its line of the document: the next is counted from there.
    private var reported = (line: 0, documentLine: 0)

    init(_ storage: DocumentStorage, _ detail: EventDetail, method: String?) {
        self.detail = detail
        self.storage = storage
        self.method = method
        text = storage.text
        zoneNames = storage.zoneNames
        diagnostics = DiagnosticList(limit: storage.limits.diagnostics)
    }

    /// Decodes the component into `event`, which is new, and tells what is wrong with it.
    mutating func read(_ component: Int, into event: inout Event) -> [ICalendarDiagnostic] {
        let record = storage.components[component]
        reported = (Int(record.firstLine), Int(record.documentLine))
        event.line = Int(record.documentLine)
        var walk = LineWalk(storage, component)
        while let run = walk.nextRun(storage) {
            for line in run where detail != .times || storage.lines[line].kind.decidesTimes {
                do throws(ICalendarError) { try decode(line, into: &event) } catch { report(error, line) }
            }
        }
        checkWhole(&event, record, method)
        guard !diagnostics.isEmpty else { return [] }
        defer { diagnostics = DiagnosticList(limit: storage.limits.diagnostics) }
        return diagnostics.closed
    }

    private mutating func decode(_ line: Int, into event: inout Event) throws(ICalendarError) {
        switch storage.lines[line].kind {
        case .start: if isFirst(event.start == nil, line) { event.start = try time(line) }
        case .eventEnd: if isFirst(event.end == nil, line) { event.end = try time(line) }
        case .recurrenceID: if isFirst(event.recurrenceID == nil, line) { try recurrenceID(line, into: &event) }
        case .lastModified: if isFirst(event.lastModified == nil, line) { event.lastModified = try time(line) }
        case .stamp: if isFirst(event.stamp == nil, line) { event.stamp = try time(line) }
        case .duration:
            guard isFirst(event.duration == nil, line) else { return }
            event.duration = try DurationReader.duration(text.span, storage.range(ofValue: line))
        case .rule: if let rule = try rule(line) { event.rules.append(rule) }
        case .exceptionRule: if let rule = try rule(line) { event.exceptionRules.append(rule) }
        case .recurrenceDate: recurrenceDates(line, into: &event)
        case .exceptionDate: exceptionDates(line, into: &event)
        case .sequence: event.sequence = try IntegerValue.integer(text.span, storage.range(ofValue: line))
        case .status: event.status = status(line) ?? event.status
        case .transparency:
            event.isTransparent = text.span.matches(text.span.trimmed(storage.range(ofValue: line)), "TRANSPARENT")
        case .uid: if isFirst(event.uid == nil, line) { event.uid = storage.textValue(ofLine: line) }
        case .created: if isFirst(event.created == nil, line) { event.created = try time(line) }
        case .classification: event.classification = classification(line)
        case .summary: if isFirst(event.summary.isEmpty, line) { event.summary = storage.textValue(ofLine: line) }
        case .location: if isFirst(event.location.isEmpty, line) { event.location = storage.textValue(ofLine: line) }
        case .description: if isFirst(event.details.isEmpty, line) { event.details = storage.textValue(ofLine: line) }
        case .url: if isFirst(event.url.isEmpty, line) { event.url = storage.textValue(ofLine: line) }
        case .conference: event.conferences.append(storage.textValue(ofLine: line))
        case .organizer: if isFirst(event.organizer == nil, line) { event.organizer = user(line) }
        case .attendee:
            // So many at once: where there is one, there are others.
            if event.attendees.isEmpty { event.attendees.reserveCapacity(4) }
            event.attendees.append(user(line))
        case .attachment, .begin, .end: break
        case .version, .productID, .method, .calendarScale, .name, .xCalendarName, .xTimeZone, .zoneID,
            .zoneOffsetFrom, .zoneOffsetTo, .zoneName, .zoneURL, .other:
            other(line, into: &event)
        }
    }

    private func user(_ line: Int) -> CalendarUser {
        let view = UserView(storage, line: line)
        return detail == .everything ? CalendarUser(view) : CalendarUser(nameless: view)
    }

    /// Of a property that may be there once, the first counts.
    @inline(__always)
    private mutating func isFirst(_ isAbsent: Bool, _ line: Int) -> Bool {
        if !isAbsent { reportSecond(line) }
        return isAbsent
    }

    @inline(never)
    private mutating func reportSecond(_ line: Int) {
        report(.badLine, .valueIgnored, line, "a second \(name(line)) is ignored")
    }
}

// MARK: - Times

extension EventReader {
    private mutating func time(_ line: Int) throws(ICalendarError) -> CalendarTime {
        if let plain = zoneNames.plainTime(ofLine: line, storage, text.span) { return plain }
        let property = TimeProperty(storage, line, &zoneNames)
        let reading = try property.time(text.span, storage.range(ofValue: line))
        if reading.isLoose { reportLooseTime(line, storage.range(ofValue: line)) }
        return reading.time
    }

    /// `nil` for an empty value, which some exporters write for events that do not recur.
    private mutating func rule(_ line: Int) throws(ICalendarError) -> RecurrenceRule? {
        let value = storage.range(ofValue: line)
        guard !text.span.trimmed(value).isEmpty else {
            report(.badRule, .valueIgnored, line, "\(name(line)) is empty")
            return nil
        }
        guard storage.dialect.acceptsOtherVersions, RecurrenceRule.isVCalendar(text[value]) else {
            return try RecurrenceRule(text[value])
        }
        let rule = try RecurrenceRule(vCalendar: text[value])
        report(.badRule, .tolerated, line, "\(name(line)) is in the form of vCalendar 1.0, read as \(rule)")
        return rule
    }

    private mutating func recurrenceID(_ line: Int, into event: inout Event) throws(ICalendarError) {
        event.recurrenceID = try time(line)
        event.appliesToFuture = TimeProperty(storage, line).appliesToFuture
    }

    /// One unreadable item costs that item.
    private mutating func recurrenceDates(_ line: Int, into event: inout Event) {
        let property = TimeProperty(storage, line)
        var items = ListCursor(storage.range(ofValue: line))
        while let item = items.next(text.span) {
            do throws(ICalendarError) {
                let (date, isLoose) = try property.recurrenceDate(text.span, item)
                if isLoose { reportLooseTime(line, item) }
                event.recurrenceDates.append(date)
            } catch {
                report(.badDateTime, .valueIgnored, line, "\(name(line)): \(error.message)")
            }
        }
    }

    /// One unreadable item costs that item.
    private mutating func exceptionDates(_ line: Int, into event: inout Event) {
        let property = TimeProperty(storage, line, &zoneNames)
        var items = ListCursor(storage.range(ofValue: line))
        while let item = items.next(text.span) {
            do throws(ICalendarError) {
                let reading = try property.time(text.span, item)
                if reading.isLoose { reportLooseTime(line, item) }
                event.exceptionDates.append(reading.time)
            } catch {
                report(.badDateTime, .valueIgnored, line, "\(name(line)): \(error.message)")
            }
        }
    }

    private mutating func reportLooseTime(_ line: Int, _ range: Range<Int>) {
        let shown = Excerpt.text(text.span, range)
        report(.badDateTime, .tolerated, line, "\(name(line)) is not in the form of the standard: \(shown)")
    }
}

// MARK: - Words and others

extension EventReader {
    /// A value of a closed set: trimmed, upper-cased.
    private func word(_ line: Int) -> String {
        let range = text.span.trimmed(storage.range(ofValue: line))
        return storage.string(range, ofLine: line).uppercased()
    }

    private func classification(_ line: Int) -> String {
        let isPublic = text.span.matches(text.span.trimmed(storage.range(ofValue: line)), "PUBLIC")
        return isPublic ? "PUBLIC" : word(line)
    }

    private mutating func status(_ line: Int) -> Event.Status? {
        let range = text.span.trimmed(storage.range(ofValue: line))
        if let status = Event.Status.table.kind(text.span, range) { return status }
        report(.badLine, .valueIgnored, line, "STATUS of an event cannot be \(Excerpt.text(word(line)))")
        return nil
    }

    private mutating func other(_ line: Int, into event: inout Event) {
        guard storage.range(ofValue: line).count <= storage.limits.keptValueBytes else { return }
        event.others.append(Event.NamedValue(name: name(line), value: storage.textValue(ofLine: line)))
    }

    private func name(_ line: Int) -> String { PropertyView(storage: storage, index: line).name }
}

// MARK: - Findings

extension EventReader {
    private mutating func report(
        _ code: ICalendarDiagnostic.Code, _ effect: ICalendarDiagnostic.Effect, _ line: Int, _ message: String
    ) {
        if line >= reported.line {
            reported = (line, reported.documentLine + storage.documentLines(from: reported.line, to: line))
        }
        let documentLine = line == reported.line ? reported.documentLine : storage.documentLine(of: line)
        diagnostics.add(code, effect, line: documentLine, message)
    }

    /// What cannot be read costs the event if its times depend on it, else the value.
    private mutating func report(_ error: ICalendarError, _ line: Int) {
        let kind = storage.lines[line].kind
        let message = "\(name(line)): \(error.message)"
        switch kind {
        case .rule, .exceptionRule: report(.badRule, .componentRejected, line, message)
        case .sequence: report(.badLine, .valueIgnored, line, message)
        case _ where PropertyKind.decidingTimes.contains(kind): report(.badDateTime, .componentRejected, line, message)
        case _: report(.badDateTime, .valueIgnored, line, message)
        }
    }

    /// What only the whole event shows.
    @inline(__always)
    private mutating func checkWhole(_ event: inout Event, _ record: ComponentRecord, _ method: String?) {
        // Nothing can be wrong with most events. Asked by patterns: to compare with nil would copy the times.
        if record.flags == .ended, event.uid?.isEmpty == false, case .some = event.start, event.exceptionDates.isEmpty {
            if case .none = event.duration { return }
            if case .none = event.end { return }
        }
        checkClosely(&event, record, method)
    }

    @inline(never)
    private mutating func checkClosely(_ event: inout Event, _ record: ComponentRecord, _ method: String?) {
        let begin = Int(record.firstLine)
        let dialect = storage.dialect
        if record.flags.contains(.cut) {
            report(.unbalancedComponent, .componentRejected, begin, "the document ends inside the event")
        } else if !record.flags.contains(.ended) && !dialect.acceptsUnbalancedComponents {
            report(.unbalancedComponent, .componentRejected, begin, "the event has no END")
        }
        if record.flags.contains(.overLimit) {
            report(.tooManyOccurrences, .componentRejected, begin, "the event is larger than the limits allow")
        }
        if event.uid?.isEmpty != false {
            let effect: ICalendarDiagnostic.Effect = dialect.acceptsMissingUID ? .tolerated : .componentRejected
            report(.missingUID, effect, begin, "the event has no UID")
        }
        if event.start == nil, !hasUnreadableStart, event.status != .cancelled, Self.needsStart(method) {
            report(.missingStart, .componentRejected, begin, "the event has no DTSTART")
        }
        if event.end != nil, event.duration != nil {
            event.duration = nil
            report(.endAndDuration, .tolerated, begin, "the event has DTEND and DURATION; DTEND counts")
        }
        checkExceptionDates(event, record)
    }

    private var hasUnreadableStart: Bool {
        diagnostics.all.contains { $0.code == .badDateTime && $0.effect == .componentRejected }
    }

    /// Cancellations and answers may leave DTSTART out (RFC 5546 §3.2).
    private static func needsStart(_ method: String?) -> Bool {
        guard let method else { return true }
        return ["PUBLISH", "REQUEST", "ADD"].contains(method)
    }

    /// An EXDATE has the type of DTSTART (§3.8.5.1).
    private mutating func checkExceptionDates(_ event: borrowing Event, _ record: ComponentRecord) {
        guard !event.exceptionDates.isEmpty, let start = event.start,
            event.exceptionDates.contains(where: { $0.isDate != start.isDate })
        else { return }
        let type = start.isDate ? "DATE" : "DATE-TIME"
        report(.exceptionDateType, .tolerated, Int(record.firstLine), "DTSTART is a \(type), an EXDATE is not")
    }
}

extension CalendarTime {
    fileprivate var isDate: Bool {
        switch self {
        case .date: true
        case .floating, .utc, .zoned: false
        }
    }
}
