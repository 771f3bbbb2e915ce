/// A point in time in both its shapes; the engine computes on the wall and compares instants.
struct Moment: Hashable {
    /// Seconds since 1970 on the wall of its frame.
    var wall: Int
    /// Seconds since 1970 in UTC.
    var instant: Int
    var fit = ZoneCursor.Fit.once

    /// Days since 1970 on the wall.
    var day: Int { wall.quotient(86_400) }
}

extension TimeZoneResolver {
    /// The frame of a component whose DTSTART this is.
    func frame(of start: CalendarTime) -> TimeFrame {
        switch start {
        case .date: return TimeFrame(kind: .date, zone: defaultZone)
        case .floating: return TimeFrame(kind: .floating, zone: defaultZone)
        case .utc: return TimeFrame(kind: .zoned, zone: .utc)
        case .zoned(_, let tzid):
            let (zone, isClean) = lookUp(tzid)
            return TimeFrame(kind: .zoned, zone: zone, tzid: tzid, isClean: isClean)
        }
    }
}

/// The form in which a component's times are written, and the wall that they are read from.
struct TimeFrame: Hashable {
    enum Kind { case date, floating, zoned }

    let kind: Kind
    /// The default zone for dates and floating times.
    let zone: TimeZoneDefinition
    /// The zone's name where it is written with one, else empty: an optional costs five times as much to copy.
    fileprivate(set) var tzid = ""
    /// Whether it is written with a name of a zone of which there is nothing to say.
    fileprivate(set) var isClean = false

    /// Whether a time, if there is one, is written with the name of the frame's zone.
    func names(zoneOf time: CalendarTime?) -> Bool {
        switch time {
        case nil, .zoned(_, tzid: tzid): true
        case .date, .floating, .utc, .zoned: false
        }
    }

    func moment(wall: Int) -> Moment {
        var clock = ZoneCursor()
        return clock.moment(wall: wall, in: zone)
    }

    func moment(instant: Int) -> Moment {
        Moment(wall: instant + zone.offset(atEpochSecond: instant), instant: instant)
    }

    /// A time of the component's other properties on this wall.
    ///
    /// A floating time beside a zoned one has lost its TZID and is read in the frame's zone; a date stands for its
    /// midnight.
    func moment(of time: CalendarTime, _ resolver: TimeZoneResolver) -> Moment {
        var clock = ZoneCursor()
        return moment(of: time, &clock, resolver)
    }

    /// The same with a clock of the frame's zone that stands near the time already.
    func moment(of time: CalendarTime, _ clock: inout ZoneCursor, _ resolver: TimeZoneResolver) -> Moment {
        switch time {
        case .date(let date): clock.moment(wall: date.epochDay * 86_400, in: zone)
        case .floating(let local): clock.moment(wall: local.epochSecond, in: zone)
        case .utc(let local): moment(instant: local.epochSecond)
        case .zoned(let local, tzid: tzid) where !tzid.isEmpty: clock.moment(wall: local.epochSecond, in: zone)
        case .zoned(let local, let other):
            moment(instant: resolver.zone(named: other).epochSecond(ofWall: local.epochSecond))
        }
    }

    /// The day that a time stands for beside DATEs.
    ///
    /// Midnight in UTC is taken for the date as it is written, since that is how exporters write a day as a time; other
    /// UTC times for the day on the wall.
    func day(of time: CalendarTime) -> Int {
        switch time {
        case .date(let date): date.epochDay
        case .floating(let local), .zoned(let local, tzid: _): local.date.epochDay
        case .utc(let local) where local.secondOfDay == 0: local.date.epochDay
        case .utc(let local): moment(instant: local.epochSecond).day
        }
    }
}
