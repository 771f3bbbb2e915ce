/// Turns rising times on a wall into instants and remembers the offset in force, so that most cost a comparison.
///
/// It is always asked about the same zone, which it does not keep: to count references to it would cost more.
struct ZoneCursor {
    /// How a time on the wall and the zone's clock agree.
    enum Fit { case once, gap, repeated }

    /// Wall times that exist once and share `offset`.
    private var plain = 0..<0
    private var offset = 0

    /// A time on the wall with its instant.
    @inline(__always)
    mutating func moment(wall: Int, in zone: TimeZoneDefinition) -> Moment {
        let (instant, fit) = instant(ofWall: wall, in: zone)
        return Moment(wall: wall, instant: instant, fit: fit)
    }

    /// Seconds since 1970, and whether the wall shows that time once, never or twice.
    @inline(__always)
    mutating func instant(ofWall wall: Int, in zone: TimeZoneDefinition) -> (instant: Int, fit: Fit) {
        if plain.contains(wall) { return (wall - offset, .once) }
        return instant(ofFarWall: wall, zone)
    }

    /// The same for a time outside the stretch that it stands in.
    @inline(never)
    private mutating func instant(ofFarWall wall: Int, _ zone: TimeZoneDefinition) -> (instant: Int, fit: Fit) {
        let stretch = zone.stretch(ofWall: wall)
        let before = zone.offsets[stretch.index]
        var plainEnd = stretch.wallEnd
        var fit = Fit.once
        if stretch.index < zone.transitions.count {
            let after = zone.offsets[stretch.index + 1]
            plainEnd = zone.transitions[stretch.index] + min(before, after)
            if wall >= plainEnd { fit = after > before ? .gap : .repeated }
        }
        if fit == .once, plainEnd > stretch.wallStart {
            plain = stretch.wallStart..<plainEnd
            offset = before
        }
        return (wall - before, fit)
    }
}
