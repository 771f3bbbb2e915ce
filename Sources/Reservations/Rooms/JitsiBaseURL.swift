/// Where a Jitsi installation lives, as `https://meet.example.org` or `https://example.org/meet`.
package struct JitsiBaseURL: Hashable, Sendable {
    let place: MeetingURL

    /// `nil` unless it is an absolute `http` or `https` URL.
    package init?(_ text: String) {
        guard let place = MeetingURL(text) else { return nil }
        self.place = place
    }

    /// The segments of `url` after this base, undecoded; `nil` where it leads elsewhere or no further than the base.
    ///
    /// Jitsi's own pages below `static/` (dial-in numbers, for one) are no meetings.
    func segments(below url: MeetingURL) -> [String]? {
        guard url.host == place.host, url.port == place.port, url.segments.starts(with: place.segments) else {
            return nil
        }
        let below = Array(url.segments.dropFirst(place.segments.count))
        guard !below.isEmpty, below.count == 1 || below[0] != "static" else { return nil }
        return below
    }
}

/// A room as a meeting URL names it.
struct MeetingRoom: Hashable, Sendable {
    let tenant: String?
    let room: String

    /// From the segments below the base: the last is the room, the one before it the tenant.
    ///
    /// Jitsi's client removes characters from each segment before it decodes it, and the web server's configuration
    /// turns the dots of a tenant into underscores, since the tenant becomes a label of a host name.
    init?(segments: [String]) {
        guard let last = segments.last else { return nil }
        room = Self.cleaned(last)
        tenant = segments.dropLast().last.map { Self.cleaned($0).replacing(".", with: "_") }
    }

    var name: RoomName? { RoomName(room, tenant: tenant) }

    /// What people are shown.
    var shown: String {
        let parts = [tenant, room].compactMap { part in part.map { $0.percentDecoded ?? $0 } }
        return parts.joined(separator: "/")
    }

    private static func cleaned(_ segment: String) -> String {
        // Nearly all have none of them, which the bytes tell sooner.
        guard segment.utf8.contains(where: removed.contains) else { return segment }
        return segment.filter { !":?#[]@!$&'()*+,;=></\"".contains($0) }
    }

    private static let removed = Set(":?#[]@!$&'()*+,;=></\"".utf8)
}

extension RoomName {
    /// The room of a meeting URL below one of `baseURLs`; `nil` where it is below none or its name cannot be used.
    package init?(url: String, baseURLs: [JitsiBaseURL]) {
        guard let meeting = MeetingURL(url),
            let segments = baseURLs.lazy.compactMap({ $0.segments(below: meeting) }).first,
            let name = MeetingRoom(segments: segments)?.name
        else { return nil }
        self = name
    }
}
