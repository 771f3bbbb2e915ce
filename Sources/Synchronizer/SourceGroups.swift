import DirectoryWatch

/// Which sources are looked at by one task: all that lie on disks of this machine, and each other one alone, whose
/// server may not answer for hours.
struct SourceGroups: Sendable {
    /// May be empty; there is work without any source.
    private(set) var local: [WatchedSource] = []
    private(set) var remote: [WatchedSource] = []

    /// One that has not told of its file system by then is not asked any longer.
    private static let patience = Duration.seconds(1)

    init(
        of sources: [WatchedSource], clock: some Clock<Duration>,
        fileSystem: @escaping @Sendable (String) -> FileSystemKind
    ) async {
        let kinds = await Patience(clock: clock, limit: Self.patience).answers(
            to: Set(sources.map(\.root.path)), fileSystem)
        for source in sources {
            if kinds[source.root.path]?.givesEvents == true { local.append(source) } else { remote.append(source) }
        }
    }
}
