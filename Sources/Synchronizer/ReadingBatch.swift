import DirectoryWatch
import Dispatch
import Synchronization

/// A file that is due, and what it looked like when it was seen last.
typealias DueFile = (path: String, stamp: FileStamp)

/// Files that are read side by side: a number of small ones, or a single greater one.
struct ReadingBatch {
    let files: [DueFile]

    private static let exports = 64

    /// - Parameters:
    ///   - due: not empty.
    ///   - exports: how many there may be.
    ///   - bytes: how much memory they may take, unless there is but one.
    init(of due: ArraySlice<DueFile>, exports: Int, bytes: Int) {
        var rest = min(Int64(bytes), ExportContents.keptBytes)
        var files: [DueFile] = []
        for file in due.prefix(max(1, min(exports, Self.exports))) {
            rest -= file.stamp.size
            guard files.isEmpty || rest >= 0 else { break }
            files.append(file)
        }
        self.files = files
    }
}

extension Array {
    /// What `work` makes of each element, in order, by as many threads as there are processors.
    ///
    /// They are none of those on which tasks run: whoever answers a request waits for none of the elements.
    func mappedOnAllProcessors<Result: Sendable>(_ work: @Sendable (Element) -> Result) -> [Result]
    where Element: Sendable {
        guard count > 1 else { return map(work) }
        let results = Mutex([Result?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = work(self[index])
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
