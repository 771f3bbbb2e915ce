import ICalendar

import struct Foundation.Date

/// Reads one `CalendarItem` of Exchange: a booking, or a series with the occurrences that differ from it.
///
/// CalendarItems inside it, such as those of `ConflictingMeetings`, are no records.
struct ExchangeItem {
    private let record: XMLRecord
    private let zones: TimeZoneResolver?
    private var booking = XMLBooking(event: Event())
    private let recurrence: Int?
    /// Whether its times are days.
    private var isAllDay = false

    init(record: XMLRecord, zones: TimeZoneResolver?) {
        self.record = record
        self.zones = zones
        recurrence = record.child(.ewsRecurrence, of: 0)
    }

    consuming func items() -> [XMLItem] {
        do throws(XMLDiagnostic) {
            try read()
            let overrides = try modifiedOccurrences()
            return ([booking] + overrides).map(XMLItem.booking)
        } catch {
            return [
                .rejected(
                    XMLRejection(uid: booking.event.uid, line: record.line, diagnostics: booking.diagnostics + [error]))
            ]
        }
    }

    private mutating func read() throws(XMLDiagnostic) {
        booking.event.line = record.line
        let itemID = record.child(.ewsItemID, of: 0).flatMap { record.attribute(.ewsID, of: $0) } ?? ""
        let uid = text(.ewsUID)
        guard !uid.isEmpty || !itemID.isEmpty else {
            throw record.rejection(.missingElement, 0, "the item has neither UID nor ItemId")
        }
        booking.event.uid = uid.isEmpty ? itemID : uid
        booking.event.summary = text(.ewsSubject)
        booking.event.location = text(.ewsLocation)
        readStatus()
        readPeople()
        try readTimes(hasUID: !uid.isEmpty)
        try readRecurrence()
        for (name, field) in [
            (XMLName.ewsCreated, \Event.created), (.ewsLastModified, \.lastModified), (.ewsStamp, \.stamp),
        ] {
            guard let index = record.child(name, of: 0) else { continue }
            booking.keep { (booking) throws(XMLDiagnostic) in
                booking.event[keyPath: field] = try record.time(index).calendarTime(zone: nil)
            }
        }
    }

    // MARK: Words

    private mutating func readStatus() {
        switch text(.ewsFreeBusyStatus) {
        case "Tentative": booking.event.status = .tentative
        case "Free": booking.event.isTransparent = true
        default: break
        }
        if ["true", "1"].contains(text(.ewsIsCancelled)) { booking.event.status = .cancelled }
        guard let sequence = record.child(.ewsSequence, of: 0) else { return }
        booking.keep { (booking) throws(XMLDiagnostic) in
            booking.event.sequence = try record.wholeNumber(sequence, 0...Int(Int32.max))
        }
    }

    private mutating func readPeople() {
        booking.event.organizer = record.child(.ewsOrganizer, of: 0).flatMap(mailbox)
        for list in [XMLName.ewsRequiredAttendees, .ewsOptionalAttendees, .ewsResources] {
            guard let index = record.child(list, of: 0) else { continue }
            for attendee in record.children(of: index) where record.name(of: attendee) == .ewsAttendee {
                guard var user = mailbox(in: attendee) else { continue }
                if list == .ewsResources { user.userType = "RESOURCE" }
                user.participationStatus = participation(of: attendee)
                booking.event.attendees.append(user)
            }
        }
    }

    /// `nil` without an SMTP address: others are names inside Exchange's directory.
    private func mailbox(in index: Int) -> CalendarUser? {
        guard let mailbox = record.child(.ewsMailbox, of: index),
            let address = record.child(.ewsEmailAddress, of: mailbox).map({ record.string($0) }), !address.isEmpty
        else { return nil }
        let routing = record.child(.ewsRoutingType, of: mailbox).map { record.string($0) } ?? "SMTP"
        guard routing.uppercased() == "SMTP" else { return nil }
        var user = CalendarUser(address: address)
        user.commonName = record.child(.ewsName, of: mailbox).map { record.string($0) } ?? ""
        return user
    }

    private func participation(of attendee: Int) -> String {
        switch record.child(.ewsResponseType, of: attendee).map({ record.string($0) }) {
        case "Accept", "Organizer": "ACCEPTED"
        case "Tentative": "TENTATIVE"
        case "Decline": "DECLINED"
        case _: "NEEDS-ACTION"
        }
    }

    // MARK: Times

    private mutating func readTimes(hasUID: Bool) throws(XMLDiagnostic) {
        // A master that was asked for by its recurrence alone has times only in its first occurrence.
        let first = record.child(.ewsFirstOccurrence, of: 0)
        guard let start = record.child(.ewsStart, of: 0) ?? first.flatMap({ record.child(.ewsStart, of: $0) }) else {
            throw record.rejection(.missingElement, 0, "the item has no Start")
        }
        guard let end = record.child(.ewsEnd, of: 0) ?? first.flatMap({ record.child(.ewsEnd, of: $0) }) else {
            throw record.rejection(.missingElement, 0, "the item has no End")
        }
        let (startTime, endTime) = (try record.time(start), try record.time(end))
        isAllDay = ["true", "1"].contains(text(.ewsIsAllDay)) && isMidnight(startTime) && isMidnight(endTime)
        booking.event.start = placed(startTime)
        booking.event.end = placed(endTime)
        switch text(.ewsCalendarItemType) {
        case "Occurrence" where hasUID, "Exception" where hasUID:
            // All occurrences share the UID of their series.
            let original = record.child(.ewsRecurrenceID, of: 0) ?? record.child(.ewsOriginalStart, of: 0) ?? start
            booking.event.recurrenceID = placed(try record.time(original))
        case "RecurringMaster" where recurrence == nil:
            note(.missingElement, "the series has no Recurrence: only its first occurrence is read")
        default: break
        }
    }

    private mutating func readRecurrence() throws(XMLDiagnostic) {
        guard let recurrence else { return }
        if zoneName == nil {
            let zone = zones?.defaultZone.name ?? "UTC"
            note(.missingElement, "the series has no StartTimeZone: it follows the clock of \(zone)")
        } else if zones == nil {
            note(.badValue, "the series is read without zones: it follows UTC")
        }
        let reader = ExchangeRecurrence(record: record, index: recurrence)
        booking.event.rules = [try reader.rule { placed(.local($0)) }]
        guard let deleted = record.child(.ewsDeletedOccurrences, of: 0) else { return }
        for index in record.children(of: deleted) where record.name(of: index) == .ewsDeletedOccurrence {
            guard let start = record.child(.ewsStart, of: index) else { continue }
            do throws(XMLDiagnostic) {
                let time = try record.time(start)
                booking.event.exceptionDates.append(isAllDay ? placed(time) : time.calendarTime(zone: nil))
            } catch {
                booking.diagnostics.append(error.with(.valueIgnored))
            }
        }
    }

    /// The occurrences that differ, as overrides of the series.
    private func modifiedOccurrences() throws(XMLDiagnostic) -> [XMLBooking] {
        guard recurrence != nil, let modified = record.child(.ewsModifiedOccurrences, of: 0) else { return [] }
        var overrides: [XMLBooking] = []
        for index in record.children(of: modified) where record.name(of: index) == .ewsOccurrence {
            guard let original = record.child(.ewsOriginalStart, of: index),
                let start = record.child(.ewsStart, of: index), let end = record.child(.ewsEnd, of: index)
            else { throw record.rejection(.missingElement, index, "a modified occurrence lacks one of its times") }
            var override = booking
            override.diagnostics = []
            override.event.rules = []
            override.event.exceptionDates = []
            override.event.line = record.line(of: index)
            override.event.recurrenceID = placed(try record.time(original))
            override.event.start = placed(try record.time(start))
            override.event.end = placed(try record.time(end))
            overrides.append(override)
        }
        return overrides
    }

    /// The name of the zone whose clock the item follows, mostly one of Windows; `nil` where none is told.
    private var zoneName: String? {
        let names = [
            record.child(.ewsStartTimeZone, of: 0).flatMap { record.attribute(.ewsID, of: $0) },
            text(.ewsStartTimeZoneID),
            record.child(.ewsMeetingTimeZone, of: 0).flatMap { record.attribute(.ewsTimeZoneName, of: $0) },
        ]
        return names.compactMap(\.self).first { !$0.isEmpty }
    }

    /// The times of a series stand on the wall of its zone, so that they follow its clock; others stay instants.
    private func placed(_ time: XMLTime) -> CalendarTime {
        if isAllDay, let local = localTime(time, in: zones?.defaultZone) { return .date(local.date) }
        let name = zoneName ?? zones?.defaultZone.name
        guard case .instant(let utc) = time, recurrence != nil, let name, let zones else {
            return time.calendarTime(zone: name)
        }
        let instant = Date(timeIntervalSince1970: Double(utc.epochSecond))
        guard let local = zones.resolve(name, line: record.line).zone.localTime(at: instant) else { return .utc(utc) }
        return .zoned(local, tzid: name)
    }

    /// Whether a day begins at an instant: in the zone in which days are read, and in the one that the item names.
    private func isMidnight(_ time: XMLTime) -> Bool {
        guard let zones else { return false }
        let named = zoneName.map { zones.resolve($0, line: record.line).zone } ?? zones.defaultZone
        return [zones.defaultZone, named].allSatisfy { localTime(time, in: $0)?.secondOfDay == 0 }
    }

    private func localTime(_ time: XMLTime, in zone: TimeZoneDefinition?) -> LocalDateTime? {
        switch time {
        case .date: nil
        case .local(let local): local
        case .instant(let utc): zone?.localTime(at: Date(timeIntervalSince1970: Double(utc.epochSecond)))
        }
    }

    private func text(_ name: XMLName) -> String { record.child(name, of: 0).map { record.string($0) } ?? "" }

    private mutating func note(_ code: XMLDiagnostic.Code, _ message: String) {
        booking.diagnostics.append(record.finding(code, .tolerated, 0, message))
    }
}
