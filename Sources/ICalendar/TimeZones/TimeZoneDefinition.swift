public import struct Foundation.Date

/// A time zone: an offset from UTC for each instant, and an instant for each time on the wall.
///
/// Instants are counted in whole seconds. After the last transition that is known (for zones with standing rules: of
/// the year 2500) the last offset stays.
public final class TimeZoneDefinition: Sendable {
    /// The IANA name, the TZID of a VTIMEZONE, or `UTC+01:00` for a fixed offset.
    public let name: String
    /// Instants at which the offset changes, in seconds since 1970, rising.
    let transitions: [Int]
    /// Seconds east of UTC. The one at `i` ends at `transitions[i]`; the last one has no end.
    let offsets: [Int]
    /// For each transition the wall time up to which the offset before it is taken: gaps and repeated hours included.
    private let wallEnds: [Int]
    private let transitionSearch: InstantSearch
    private let wallEndSearch: InstantSearch

    /// - Parameters:
    ///   - transitions: in order of time, each with the offset that begins there; of several at one instant the last
    ///     holds.
    ///   - initialOffset: seconds east of UTC before the first transition.
    init(name: String, initialOffset: Int, transitions: [(instant: Int, offset: Int)]) {
        var instants: [Int] = []
        var offsets = [initialOffset]
        var wallEnds: [Int] = []
        for (index, (instant, offset)) in transitions.enumerated() where offset != offsets[offsets.count - 1] {
            if index + 1 < transitions.count, transitions[index + 1].instant == instant { continue }
            let latest = instant + max(offset, offsets[offsets.count - 1])
            instants.append(instant)
            offsets.append(offset)
            wallEnds.append(max(latest, wallEnds.last ?? latest))
        }
        self.name = name
        self.transitions = instants
        self.offsets = offsets
        self.wallEnds = wallEnds
        transitionSearch = InstantSearch(instants)
        wallEndSearch = InstantSearch(wallEnds)
    }

    /// UTC: no offset, no transitions.
    public static let utc = TimeZoneDefinition(name: "UTC", initialOffset: 0, transitions: [])

    /// The zone that is always `secondsEast` of UTC; `nil` from a whole day on.
    public static func fixed(secondsEast: Int) -> TimeZoneDefinition? {
        guard abs(secondsEast) < 86_400 else { return nil }
        guard secondsEast != 0 else { return utc }
        let minutes = abs(secondsEast) / 60
        let (tens, ones) = (minutes / 60, minutes % 60)
        let name = "UTC\(secondsEast < 0 ? "-" : "+")\(tens < 10 ? "0" : "")\(tens):\(ones < 10 ? "0" : "")\(ones)"
        return TimeZoneDefinition(name: name, initialOffset: secondsEast, transitions: [])
    }

    /// Seconds east of UTC at `instant`.
    public func offset(at instant: Date) -> Int {
        offset(atEpochSecond: instant.epochSecond(.down))
    }

    /// The instant of a time on this zone's wall: in a gap the offset before the gap is taken, and of a time that
    /// occurs twice the first one (RFC 5545 §3.3.5).
    public func instant(of local: LocalDateTime) -> Date {
        Date(timeIntervalSince1970: Double(epochSecond(ofWall: local.epochSecond)))
    }

    /// What the wall shows at `instant`; `nil` outside the years 1...9999.
    public func localTime(at instant: Date) -> LocalDateTime? {
        let second = instant.epochSecond(.down)
        return LocalDateTime(epochSecond: second + offset(atEpochSecond: second))
    }

    func offset(atEpochSecond instant: Int) -> Int {
        offsets[transitionSearch.count(notAfter: instant, in: transitions)]
    }

    /// The offset at `instant`, and the one that held some time before it.
    func offsets(at instant: Int, andSecondsBefore seconds: Int) -> (now: Int, before: Int) {
        var index = transitionSearch.count(notAfter: instant, in: transitions)
        let now = offsets[index]
        while index > 0, transitions[index - 1] > instant - seconds { index -= 1 }
        return (now, offsets[index])
    }

    /// Both sides are in seconds since 1970, the one on the wall and the one in UTC.
    func epochSecond(ofWall wall: Int) -> Int { wall - offsets[wallEndSearch.count(notAfter: wall, in: wallEnds)] }

    /// The stretch of wall times around `wall` that share its offset; the index names it.
    func stretch(ofWall wall: Int) -> (index: Int, wallStart: Int, wallEnd: Int) {
        let index = wallEndSearch.count(notAfter: wall, in: wallEnds)
        return (
            index, index == 0 ? Int.min : wallEnds[index - 1], index == wallEnds.count ? Int.max : wallEnds[index]
        )
    }
}

extension TimeZoneDefinition: Hashable {
    /// Zones are equal when they tell the same times under the same name.
    public static func == (lhs: TimeZoneDefinition, rhs: TimeZoneDefinition) -> Bool {
        lhs === rhs || lhs.name == rhs.name && lhs.transitions == rhs.transitions && lhs.offsets == rhs.offsets
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(transitions.count)
    }
}

/// Finds places in a rising array of seconds: by the stretch that a second lies in, from where it is but a step or two.
private struct InstantSearch {
    private let first: Int
    /// A stretch is 2 to the power of it in seconds: some 97 days, or more for transitions that lie ages apart.
    private let stretchBits: UInt
    /// How many elements lie before each stretch, and how many there are.
    private let counts: [Int32]

    private static let greatestStretch: UInt = 1 << 14

    init(_ instants: [Int]) {
        let first = instants.first ?? 0
        // Without a sign, the distance of any two numbers fits.
        let length = UInt(bitPattern: (instants.last ?? 0) &- first)
        var bits: UInt = 23
        while length >> bits > Self.greatestStretch { bits += 1 }
        var counts: [Int32] = []
        for (index, instant) in instants.enumerated() {
            let stretch = UInt(bitPattern: instant &- first) >> bits
            while counts.count <= stretch { counts.append(Int32(index)) }
        }
        counts.append(Int32(instants.count))
        (self.first, stretchBits, self.counts) = (first, bits, counts)
    }

    /// How many elements of the array that the search was made for are not after `limit`.
    @inline(__always)
    func count(notAfter limit: Int, in instants: [Int]) -> Int {
        guard limit >= first else { return 0 }
        let stretch = UInt(bitPattern: limit &- first) >> stretchBits
        guard stretch < counts.count - 1 else { return instants.count }
        // Mostly there is one in a stretch or none; by halving, since a strange zone may have many.
        var low = Int(counts[Int(bitPattern: stretch)])
        var high = Int(counts[Int(bitPattern: stretch) + 1])
        while low < high {
            let middle = (low + high) / 2
            if instants[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
