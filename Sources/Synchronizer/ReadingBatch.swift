import DirectoryWatch
import Foundation
import Synchronization

/// A file that is due, and what it looked like when it was seen last.
typealias DueFile = (path: String, stamp: FileStamp)

/// Files that are read side by side: a number of small ones, or a single greater one.
struct ReadingBatch {
    let files: [DueFile]

    static let exports = 64

    /// - Parameters:
    ///   - due: not empty.
    ///   - exports: how many there may be.
    ///   - bytes: how much memory they may take, unless there is but one.
    init(of due: ArraySlice<DueFile>, exports: Int, bytes: Int) {
        var rest = min(Int64(bytes), ExportContents.keptBytes)
        var files: [DueFile] = []
        for file in due.prefix(max(1, min(exports, Self.exports))) {
            // A sparse file may have any size.
            guard files.isEmpty || file.stamp.size <= rest else { break }
            rest -= file.stamp.size
            files.append(file)
        }
        self.files = files
    }
}

extension Array where Element: Sendable {
    /// What `work` makes of each element, in order, by as many tasks as there are processors. They run where this one
    /// does: on threads that answer nobody, if it prefers such.
    func mappedOnAllProcessors<Result: Sendable>(
        _ work: @escaping @Sendable (Element) -> Result
    ) async -> [Result] {
        guard count > 1 else { return map(work) }
        let gathering = Gathering<Result>(count: count)
        await withDiscardingTaskGroup { group in
            for _ in 0..<Swift.min(count, ProcessInfo.processInfo.activeProcessorCount) {
                group.addTask { while let index = gathering.next() { gathering.put(work(self[index]), at: index) } }
            }
        }
        return gathering.results
    }
}

/// Elements on their way: each is taken once, by whoever is free.
private final class Gathering<Result: Sendable>: Sendable {
    private let state: Mutex<(next: Int, results: [Result?])>

    init(count: Int) { state = Mutex((0, Array(repeating: nil, count: count))) }

    var results: [Result] { state.withLock { $0.results.compactMap(\.self) } }

    func next() -> Int? {
        state.withLock { state in
            guard state.next < state.results.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func put(_ result: Result, at index: Int) { state.withLock { $0.results[index] = result } }
}
