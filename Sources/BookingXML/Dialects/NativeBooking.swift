import ICalendar

/// Reads one `booking` of the native vocabulary.
struct NativeBooking {
    private let record: XMLRecord
    private let defaultZone: String?
    /// Whether the root has a password that may have been meant for this booking.
    private let isPasswordOutside: Bool
    private let parts: Parts
    /// The zone of this booking's local times; `nil` where nobody names one.
    private let zone: String?

    init(record: XMLRecord, defaultZone: String?, isPasswordOutside: Bool) {
        self.record = record
        self.defaultZone = defaultZone
        self.isPasswordOutside = isPasswordOutside
        parts = Parts(of: record)
        let zone = parts.start.flatMap { record.hasAttributes($0) ? record.token(.zone, of: $0) : nil } ?? ""
        self.zone = zone.isEmpty ? defaultZone : zone
    }

    func item() -> XMLItem {
        var booking = XMLBooking(event: Event())
        do throws(XMLDiagnostic) {
            try read(&booking)
            return .booking(consume booking)
        } catch {
            return .rejected(
                XMLRejection(uid: booking.event.uid, line: record.line, diagnostics: booking.diagnostics + [error]))
        }
    }

    private func read(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        booking.event.line = record.line
        try readIdentity(&booking)
        if !parts.areInOrder { noteOrder(&booking) }
        noteTexts(&booking)
        noteAttributes(&booking)
        try readAttributes(&booking)
        try readRooms(&booking)
        booking.event.organizer = parts.owner.map { CalendarUser(address: record.string($0)) }
        booking.event.summary = parts.title.map { record.string($0) } ?? ""
        try readTimes(&booking)
        try readOccurrence(&booking)
        try readRepetition(&booking)
        try readSettings(&booking)
    }

    // MARK: Identity

    /// `@id`, or for an override of one occurrence `@recurrence-of`: both name a UID.
    private func readIdentity(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        guard let id = parts.id.map({ record.attributeToken($0) }), !id.isEmpty else {
            throw record.rejection(.missingElement, 0, "booking has no id")
        }
        booking.event.uid = id
        guard let series = parts.recurrenceOf.map({ record.attributeToken($0) }) else { return }
        guard !series.isEmpty else { throw record.rejection(.badValue, 0, "recurrence-of is empty") }
        booking.event.uid = series
    }

    private func readAttributes(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        if let revision = parts.revision.map({ record.attributeToken($0) }) {
            guard let number = Int(revision), (0...Int(Int32.max)).contains(number) else {
                throw record.rejection(.badValue, 0, "revision is \(revision.quoted), no whole number")
            }
            booking.event.sequence = number
        }
        switch parts.status.map({ record.attributeToken($0) }) {
        case nil: break
        case "confirmed": booking.event.status = .confirmed
        case "tentative": booking.event.status = .tentative
        case "cancelled": booking.event.status = .cancelled
        case let other?:
            throw record.rejection(
                .badValue, 0, "status is \(other.quoted), none of \"confirmed\", \"tentative\", \"cancelled\"")
        }
    }

    private func readRooms(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        for child in record.children(of: 0) where record.name(of: child) == .room {
            let room = record.token(child)
            guard !room.isEmpty else { throw record.rejection(.badValue, child, "room is empty") }
            booking.rooms.append(room)
        }
        guard !booking.rooms.isEmpty else { throw record.rejection(.missingElement, 0, "booking has no room") }
    }

    // MARK: Times

    private func readTimes(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        guard let start = parts.start else {
            throw record.rejection(.missingElement, 0, "booking has no start")
        }
        let startTime = try time(start, &booking)
        booking.event.start = startTime.calendarTime(zone: zone)
        let end = parts.end
        let duration = parts.duration
        switch (end, duration) {
        case (nil, nil): throw record.rejection(.missingElement, 0, "booking has neither end nor duration")
        case (_?, let both?): throw record.rejection(.endAndDuration, both, "booking has both end and duration")
        case (let end?, nil):
            let endTime = try time(end, &booking)
            guard endTime.isDate == startTime.isDate else {
                throw record.rejection(.badValue, end, "one of start and end is a day, the other has a time")
            }
            booking.event.end = endTime.calendarTime(zone: zone)
        case (nil, let duration?):
            booking.event.duration = try record.duration(duration)
            if record.value(duration).first != UInt8(ascii: "P") {
                note(.notValid, duration, "duration has a sign", in: &booking)
            }
        }
    }

    private func time(_ index: Int, _ booking: inout XMLBooking) throws(XMLDiagnostic) -> XMLTime {
        if let plain = record.plainTime(index) { return plain }
        let time = try record.time(index)
        if !XMLTime.isOfSchema(record.value(index)) {
            note(
                .notValid, index, "\(record.name(of: index).spelling) is no xs:date or xs:dateTime, but can be read",
                in: &booking)
        }
        return time
    }

    /// `@occurrence`: the original start of the one occurrence that this booking replaces.
    private func readOccurrence(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        let isOverride = parts.recurrenceOf != nil
        guard let written = parts.occurrence.map({ record.attributeText($0) }) else {
            guard !isOverride else {
                throw record.rejection(.missingElement, 0, "booking has recurrence-of, but no occurrence")
            }
            return
        }
        guard isOverride else {
            throw record.rejection(.missingElement, 0, "booking has occurrence, but no recurrence-of")
        }
        guard let time = XMLTime(Array(written.utf8)[...].trimmed) else {
            throw record.rejection(.badValue, 0, "occurrence is \(written.quoted), no date or time")
        }
        booking.event.recurrenceID = time.calendarTime(zone: zone)
        if !XMLTime.isOfSchema(Array(written.utf8)[...].trimmed) {
            note(.notValid, 0, "occurrence is no xs:date or xs:dateTime, but can be read", in: &booking)
        }
    }

    private func readRepetition(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        guard let element = parts.repetition else { return }
        guard booking.event.recurrenceID == nil else {
            throw record.rejection(.badValue, element, "one occurrence of a series cannot repeat")
        }
        guard let rule = record.bytes(.rule, of: element) else {
            throw record.rejection(.missingElement, element, "repeat has no rule")
        }
        do throws(ICalendarError) {
            booking.event.rules = [try RecurrenceRule(Array(rule))]
        } catch {
            throw record.rejection(.badRule, element, "rule is \(rule.quoted): \(error.message)")
        }
        for child in record.children(of: element) {
            switch record.name(of: child) {
            case .except:
                booking.event.exceptionDates.append(try time(child, &booking).calendarTime(zone: zone))
                if !booking.event.recurrenceDates.isEmpty {
                    note(.notValid, child, "except stands after also", in: &booking)
                }
            case .also:
                let also = try time(child, &booking).calendarTime(zone: zone)
                booking.event.recurrenceDates.append(Event.RecurrenceDate(start: also))
            default: note(.notValid, child, "repeat has an element that is not known", in: &booking)
            }
        }
        if case .utc = booking.event.start, zone != nil {
            note(
                .badValue, element, "start has an offset: the repetition does not follow the clock of its zone",
                in: &booking)
        }
    }

    // MARK: The rest

    private func readSettings(_ booking: inout XMLBooking) throws(XMLDiagnostic) {
        let element = parts.settings
        if let element {
            record.forEachAttribute(of: element) { name, attribute in
                switch name {
                case .maxOccupants: booking.settings.maxOccupants = record.attributeText(attribute)
                case .lobby: booking.settings.lobby = record.attributeText(attribute)
                case .password: booking.settings.password = record.attributeText(attribute)
                default: break
                }
            }
            for child in record.children(of: element) {
                note(.notValid, child, "settings has an element, where only attributes are known", in: &booking)
            }
            for (name, type) in booking.settings.departures {
                note(.notValid, element, "\(name) is no \(type), but may be read", in: &booking)
            }
        }
        guard booking.settings.password?.isEmpty != false else { return }
        guard !isPasswordOutside else {
            throw record.rejection(
                .badPassword, 0, "bookings has a password, and this booking none in its settings")
        }
        if record.hasPassword || record.hasOtherNames {
            for index in record.indices where index != element && mayHoldPassword(index) {
                throw record.rejection(
                    .badPassword, index,
                    "what may be a password is not in the attribute password of the first settings")
            }
        }
        guard let element else { return }
        let isKnown = record.attributes(of: element, allSatisfy: { Self.isKnown($0, of: .settings) })
        guard isKnown, !record.hasForeignAttribute(.password, of: element), !hasOtherElement(element),
            record.isBlank(element)
        else {
            throw record.rejection(.badPassword, element, "settings has what is not known, and that may be a password")
        }
    }

    /// Whether an element other than the one with the settings is called like a password, or has one.
    private func mayHoldPassword(_ index: Int) -> Bool {
        switch record.name(of: index) {
        case .password: true
        case .other where Self.isLikePassword(record.otherName(of: index)): true
        default: record.hasAttributes(index) && hasPasswordAttribute(index)
        }
    }

    private func hasPasswordAttribute(_ index: Int) -> Bool {
        var isFound = false
        record.forEachAttribute(of: index) { name, attribute in
            let isPassword = name == .password || Self.isLikePassword(record.otherName(ofAttribute: attribute))
            isFound = isFound || (isPassword && !record.attributeText(attribute).isEmpty)
        }
        return isFound
    }

    private static func isLikePassword(_ name: String) -> Bool {
        passwordLike.contains { name.uppercased().hasPrefix($0) }
    }

    /// Beginnings of names, misspelt ones among them: a room must not be open to all because of a letter.
    private static let passwordLike = ["PASSW", "PASSC", "PASSO", "PASW", "PSSW", "PSW", "PWD"]

    private func hasOtherElement(_ settings: Int) -> Bool {
        record.children(of: settings).contains { !record.otherName(of: $0).isEmpty }
    }

    /// Notes what the schema forbids and this reader understands all the same: names that are not known, elements out
    /// of order or twice.
    private func noteOrder(_ booking: inout XMLBooking) {
        var last = 0
        for child in record.children(of: 0) {
            let name = record.name(of: child)
            guard let place = Self.place(of: name) else {
                note(.notValid, child, "booking has an element that is not known", in: &booking)
                continue
            }
            if place < last || (place == last && name != .room && last > 0) {
                note(
                    .notValid, child, "\(name.spelling) is not at its place, or there twice: the first one counts",
                    in: &booking)
            }
            if !record.isLeaf(child), name != .repeat, name != .settings {
                note(.notValid, child, "\(name.spelling) has an element, where only text is known", in: &booking)
            }
            last = max(last, place)
        }
    }

    private func noteTexts(_ booking: inout XMLBooking) {
        noteTextOfItsOwn(0, &booking)
        if let repetition = parts.repetition { noteTextOfItsOwn(repetition, &booking) }
        // The schema does not even want white space there. An element in there is noted as such.
        if let settings = parts.settings, record.isLeaf(settings), record.hasText(settings) {
            note(.notValid, settings, "settings has text, where only attributes are known", in: &booking)
        }
        if let owner = parts.owner, record.isBlank(owner) {
            note(.notValid, owner, "owner is empty", in: &booking)
        }
        if let start = parts.start, record.hasAttributes(start), record.token(.zone, of: start)?.isEmpty == true {
            note(.notValid, start, "start has an empty zone", in: &booking)
        }
    }

    private func noteTextOfItsOwn(_ index: Int, _ booking: inout XMLBooking) {
        guard record.hasTextOfItsOwn(index) else { return }
        note(.notValid, index, "\(record.name(of: index).spelling) has text between its elements", in: &booking)
    }

    fileprivate static func place(of name: XMLName) -> Int? {
        switch name {
        case .room: 0
        case .owner: 1
        case .title: 2
        case .start: 3
        case .end, .duration: 4
        case .repeat: 5
        case .settings: 6
        default: nil
        }
    }

    private func noteAttributes(_ booking: inout XMLBooking) {
        for index in record.indices where record.hasAttributes(index) {
            let name = record.name(of: index)
            guard !record.attributes(of: index, allSatisfy: { Self.isKnown($0, of: name) }) else { continue }
            let shown = name == .other ? "an element that is not known" : name.spelling
            note(.notValid, index, "\(shown) has an attribute that is not known", in: &booking)
        }
    }

    private static func isKnown(_ attribute: XMLName, of element: XMLName) -> Bool {
        switch (element, attribute) {
        case (.booking, .id), (.booking, .recurrenceOf), (.booking, .occurrence), (.booking, .revision),
            (.booking, .status), (.start, .zone), (.repeat, .rule), (.settings, .maxOccupants), (.settings, .lobby),
            (.settings, .password):
            true
        default: false
        }
    }

    private func note(
        _ code: XMLDiagnostic.Code, _ index: Int, _ message: String, in booking: inout XMLBooking
    ) {
        booking.diagnostics.append(record.finding(code, .tolerated, index, message))
    }
}

/// The children of a booking that are read, each the first of its name.
private struct Parts {
    private(set) var owner, title, start, end, duration, repetition, settings: Int?
    /// The numbers of attributes.
    private(set) var id, recurrenceOf, occurrence, revision, status: Int?
    /// Whether the children are as the schema wants them.
    private(set) var areInOrder = true
    private var lastPlace = -1

    init(of record: XMLRecord) {
        for child in record.children(of: 0) { add(child, record) }
        record.forEachAttribute(of: 0) { name, attribute in
            switch name {
            case .id: id = attribute
            case .recurrenceOf: recurrenceOf = attribute
            case .occurrence: occurrence = attribute
            case .revision: revision = attribute
            case .status: status = attribute
            default: break
            }
        }
    }

    private mutating func add(_ child: Int, _ record: XMLRecord) {
        let name = record.name(of: child)
        switch name {
        case .owner: owner = owner ?? child
        case .title: title = title ?? child
        case .start: start = start ?? child
        case .end: end = end ?? child
        case .duration: duration = duration ?? child
        case .repeat: repetition = repetition ?? child
        case .settings: settings = settings ?? child
        default: break
        }
        guard let place = NativeBooking.place(of: name), place > lastPlace || (place == 0 && lastPlace == 0),
            record.isLeaf(child) || name == .repeat || name == .settings
        else {
            areInOrder = false
            return
        }
        lastPlace = place
    }
}

extension XMLTime {
    var isDate: Bool {
        switch self {
        case .date: true
        case .local, .instant: false
        }
    }
}
