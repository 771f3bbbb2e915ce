/// How long each occurrence of a component lasts.
enum OccurrenceLength: Hashable {
    /// DTEND (RFC 5545 §3.8.5.3: the same exact duration for all members), or a DURATION of hours, minutes and seconds.
    case exact(seconds: Int)
    /// A DURATION with days: those on the wall, then the exact seconds.
    case nominal(days: Int, seconds: Int)

    /// DTEND, else DURATION; a whole day for a DATE without either, and nothing for a time without either (§3.6.1).
    init(
        end: CalendarTime?, duration: CalendarDuration?, start: Moment, frame: TimeFrame, _ resolver: TimeZoneResolver
    ) {
        var clock = ZoneCursor()
        self.init(end: end, duration: duration, start: start, frame: frame, &clock, resolver)
    }

    /// The same with a clock of the frame's zone that stands near the start already.
    init(
        end: CalendarTime?, duration: CalendarDuration?, start: Moment, frame: TimeFrame, _ clock: inout ZoneCursor,
        _ resolver: TimeZoneResolver
    ) {
        switch (end, duration) {
        case (let end?, _) where frame.kind == .date:
            self = .nominal(days: frame.day(of: end) - start.day, seconds: 0)
        case (let end?, _): self = .exact(seconds: frame.moment(of: end, &clock, resolver).instant - start.instant)
        case (nil, let duration?) where frame.kind == .date:
            // Hours have no meaning beside a date; a begun day counts.
            let seconds = duration.seconds
            let days = seconds > 0 ? (seconds + 86_399) / 86_400 : seconds.quotient(86_400)
            self = .nominal(days: duration.days + days, seconds: 0)
        case (nil, let duration?):
            self =
                duration.days == 0
                ? .exact(seconds: duration.seconds) : .nominal(days: duration.days, seconds: duration.seconds)
        case (nil, nil): self = frame.kind == .date ? .nominal(days: 1, seconds: 0) : .exact(seconds: 0)
        }
    }

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
