import ICalendar

/// The schedule.xml of conference planners: `schedule` / `day` / `room` / `event`, without a namespace. Real files
/// follow no published schema, so none is asked for.
struct ScheduleDialect: DialectReader {
    static let dialect = XMLDialect.schedule
    static let namespaces = [XMLNamespace.none]

    private(set) var sourceName: String?
    private(set) var defaultZone: String?
    let mode = XMLReading.Mode.snapshot
    private(set) var diagnostics: [XMLDiagnostic] = []
    private var conference = ScheduleConference()

    init?(root: XMLTag) {
        guard root.is(.schedule, .none) else { return nil }
    }

    func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        switch (path.count, path.last?.name, name) {
        case (1, _, .conference): .context
        case (1, _, .day), (2, .day, .room): .descend
        case (3, .room, .event): .record
        default: .skip
        }
    }

    mutating func note(_ context: XMLRecord, path: [XMLTag]) {
        conference = ScheduleConference(context)
        sourceName = conference.title
        defaultZone = conference.zone
        if let index = context.child(.dayChange, of: 0), conference.dayChange == nil {
            diagnostics.append(context.badValue(index, "no time of day").with(.valueIgnored))
        }
    }

    func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        let event = ScheduleEvent(
            record: record, conference: conference, day: path[1].value(.date) ?? "",
            room: path[2].value(.name)?.token ?? "")
        item(event.item())
    }
}

/// What a schedule says about all of its events.
struct ScheduleConference {
    var title: String?
    var acronym: String?
    var zone: String?
    /// Seconds after midnight up to which the hours belong to the day before; `nil` where it is not told or unreadable.
    var dayChange: Int?

    init() {}

    init(_ context: XMLRecord) {
        func text(_ name: XMLName) -> String? {
            let text = context.child(name, of: 0).map { context.string($0) } ?? ""
            return text.isEmpty ? nil : text
        }
        title = text(.title)
        acronym = text(.acronym)
        zone = text(.timeZoneName)
        dayChange = context.child(.dayChange, of: 0).flatMap { ScheduleClock.secondOfDay(context.value($0)) }
    }
}
