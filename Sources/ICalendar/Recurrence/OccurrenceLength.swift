/// How long each occurrence of a component lasts.
enum OccurrenceLength: Hashable {
    /// DTEND (RFC 5545 §3.8.5.3: the same exact duration for all members), or a DURATION of hours, minutes and seconds.
    case exact(seconds: Int)
    /// A DURATION with days: those on the wall, then the exact seconds.
    case nominal(days: Int, seconds: Int)

    /// - Parameter clock: of the zone.
    @inline(__always)
    func end(of start: Moment, in zone: TimeZoneDefinition, clock: inout ZoneCursor) -> Moment {
        switch self {
        case .exact(let seconds): return Moment(wall: start.wall + seconds, instant: start.instant + seconds)
        case .nominal(let days, let seconds):
            let wall = start.wall + days * 86_400
            return Moment(wall: wall + seconds, instant: clock.instant(ofWall: wall, in: zone).instant + seconds)
        }
    }
}

extension TimeFrame {
    /// How long a component lasts that begins at `start`: up to DTEND, else by DURATION; a whole day for a DATE without
    /// either, and nothing for a time without either (§3.6.1).
    func length(
        from start: Moment, to end: CalendarTime?, duration: CalendarDuration?, _ resolver: TimeZoneResolver
    ) -> OccurrenceLength {
        var clock = ZoneCursor()
        return length(from: start, to: end, duration: duration, &clock, resolver)
    }

    /// The same with a clock of the frame's zone that stands near the start already.
    func length(
        from start: Moment, to end: CalendarTime?, duration: CalendarDuration?, _ clock: inout ZoneCursor,
        _ resolver: TimeZoneResolver
    ) -> OccurrenceLength {
        if let end {
            guard kind != .date else { return .nominal(days: day(of: end) - start.day, seconds: 0) }
            return .exact(seconds: moment(of: end, &clock, resolver).instant - start.instant)
        }
        guard let duration else { return kind == .date ? .nominal(days: 1, seconds: 0) : .exact(seconds: 0) }
        if kind == .date {
            // Hours have no meaning beside a date; a begun day counts.
            let seconds = duration.seconds
            let days = seconds > 0 ? (seconds + 86_399) / 86_400 : seconds.quotient(86_400)
            return .nominal(days: duration.days + days, seconds: 0)
        }
        guard duration.days != 0 else { return .exact(seconds: duration.seconds) }
        return .nominal(days: duration.days, seconds: duration.seconds)
    }
}
