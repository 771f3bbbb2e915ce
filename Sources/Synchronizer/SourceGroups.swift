import DirectoryWatch
import Foundation

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
        let kinds = await withTaskGroup(of: (Int, FileSystemKind?).self) { group in
            for (index, source) in sources.enumerated() {
                group.addTask {
                    (index, await answer(within: Self.patience, on: clock) { fileSystem(source.root.path) })
                }
            }
            return await group.reduce(into: [Int: FileSystemKind]()) { $0[$1.0] = $1.1 }
        }
        for (index, source) in sources.enumerated() {
            if kinds[index]?.givesEvents == true { local.append(source) } else { remote.append(source) }
        }
    }
}

/// What `question` answers on a thread of its own; `nil` when it has not after `patience`. The thread is left then.
func answer<Answer: Sendable>(
    within patience: Duration, on clock: some Clock<Duration>, _ question: @escaping @Sendable () -> Answer
) async -> Answer? {
    let (answers, continuation) = AsyncStream.makeStream(of: Answer.self, bufferingPolicy: .bufferingOldest(1))
    Thread.detachNewThread {
        continuation.yield(question())
        continuation.finish()
    }
    let timer = Task {
        do { try await clock.sleep(for: patience) } catch { return }
        continuation.finish()
    }
    defer { timer.cancel() }
    return await answers.first { _ in true }
}
