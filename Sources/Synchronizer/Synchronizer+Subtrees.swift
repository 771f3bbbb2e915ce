import DirectoryWatch
import Logging

extension Synchronizer {
    /// Takes in what lies in `directories`, which are new or may be read by now, without a look at all the others.
    ///
    /// Whatever more there is to say of them a scan of the whole root tells.
    mutating func look(into directories: Set<String>, in index: Int, elapsed: () -> Duration) {
        let source = sources[index]
        guard !directories.isEmpty else { return }
        if news[index].staleSince != nil || isToldOf(directories, in: index) { looks[index].expectScan(by: elapsed()) }
        for directory in directories.sorted() {
            // A whole scan that is due shows this one too.
            guard looks[index].nextScan > elapsed() else { return }
            // One in which it lies has shown it.
            guard !WatchedRoot.ancestors(of: directory).contains(where: directories.contains) else { continue }
            logger.debug("looking at a directory", metadata: ["source": "\(source.name)", "path": "\(directory)"])
            let part = SubtreeScan(of: directory, below: source.root)
            looks[index].take(part, now: elapsed())
            if part.isForWholeScan { looks[index].expectScan(by: elapsed()) }
        }
    }

    /// Whether the last whole scan has told of something in one of `directories`, or of the root itself: only the next
    /// one can take that back, or knows what else of the root there may be.
    private func isToldOf(_ directories: Set<String>, in index: Int) -> Bool {
        (told[index] ?? []).contains { refusal in
            refusal.path.isEmpty || directories.contains(refusal.path)
                || WatchedRoot.ancestors(of: refusal.path).contains(where: directories.contains)
        }
    }
}
