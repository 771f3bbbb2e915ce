/// The times of one rule as instants, rising.
///
/// A rule runs on the wall. A time that the wall skips becomes an instant after the gap, maybe one that a later time
/// also has or one after it: such times are held back until their turn.
struct RuleTimes {
    private var cursor: RecurrenceCursor
    private let zone: TimeZoneDefinition
    private var clock = ZoneCursor()
    private var lower: Int
    private let upper: Int
    /// Times out of a gap, rising.
    private var held: [Moment] = []
    /// A time that the cursor gave and that has to wait for those held back.
    private var waiting: Moment?

    /// The time that it stands at; `nil` at the end of the rule, of the range, or of the limits.
    private(set) var head: Moment?

    /// Whether the limits ended it, not the rule.
    var ranOut: Bool { cursor.ranOut }

    init(_ cursor: RecurrenceCursor, _ zone: TimeZoneDefinition, from lower: Int, to upper: Int) {
        self.cursor = cursor
        self.upper = upper
        self.lower = lower
        self.zone = zone
        self.cursor.advance(to: zone.wallBounds(of: lower).lower)
        step()
    }

    /// Goes on to the first time that is not before `instant`.
    mutating func advance(to instant: Int) {
        guard let head, head.instant < instant else { return }
        lower = instant
        cursor.advance(to: zone.wallBounds(of: lower).lower)
        step()
    }

    /// The time that it stands at; it goes on to the next one.
    mutating func take() -> Moment? {
        let taken = head
        if taken != nil { step() }
        return taken
    }

    /// Goes on to the next time.
    mutating func step() {
        while let next = nextOfAll() {
            guard next.instant < lower || next.instant >= upper else {
                head = next
                return
            }
        }
        head = nil
    }

    private mutating func nextOfAll() -> Moment? {
        guard held.isEmpty, waiting == nil else { return nextBesideHeld() }
        guard let wall = cursor.next() else { return nil }
        let moment = clock.moment(wall: wall, in: zone)
        guard moment.fit == .gap else { return moment }
        held.append(moment)
        return nextBesideHeld()
    }

    private mutating func nextBesideHeld() -> Moment? {
        while waiting == nil, let wall = cursor.next() {
            let moment = clock.moment(wall: wall, in: zone)
            if moment.fit == .gap {
                held.append(moment)
            } else if held.isEmpty {
                return moment
            } else {
                waiting = moment
            }
        }
        guard let first = held.first else {
            defer { waiting = nil }
            return waiting
        }
        guard let next = waiting, next.instant <= first.instant else { return held.removeFirst() }
        if next.instant == first.instant { held.removeFirst() }
        waiting = nil
        return next
    }
}
