import DirectoryWatch

/// Which sources are looked at by one task: all that lie on disks of this machine, and each other one alone, whose
/// server may not answer for hours.
struct SourceGroups: Sendable {
    /// May be empty; there is work without any source.
    private(set) var local: [WatchedSource] = []
    private(set) var remote: [WatchedSource] = []

    /// One that has not told of its file system by then is not asked any longer.
    private static let patience = Duration.seconds(1)

    /// - Parameter known: by root, what has been found out already: an answer that is late again and again is one.
    init(
        of sources: [WatchedSource], known: [String: FileSystemKind] = [:], clock: some Clock<Duration>,
        fileSystem: @escaping @Sendable (String) -> FileSystemKind
    ) async {
        let asked = Set(sources.map(\.root.path)).subtracting(known.keys)
        let kinds = await Patience(clock: clock, limit: Self.patience).answers(to: asked, fileSystem)
            .merging(known) { _, known in known }
        for source in sources {
            if kinds[source.root.path]?.givesEvents == true { local.append(source) } else { remote.append(source) }
        }
    }
}
