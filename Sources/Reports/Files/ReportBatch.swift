/// Files that are written together: all are handed to the disk before any is waited for, and a directory is waited for
/// once.
package struct ReportBatch: Sendable {
    private var files: [(file: ReportFile, bytes: [UInt8])] = []
    private var places: [ReportFile: Int] = [:]
    private var byteCount = 0

    /// Beyond these a batch should be written before more is added.
    private static let enoughFiles = 500
    private static let enoughBytes = 64 << 20

    package init() {}

    package mutating func add(_ file: ReportFile, _ bytes: [UInt8]) {
        byteCount += bytes.count
        if let place = places[file] {
            files[place].bytes = bytes
        } else {
            places[file] = files.count
            files.append((file, bytes))
        }
    }

    package var isFull: Bool { files.count >= Self.enoughFiles || byteCount >= Self.enoughBytes }
    package var isEmpty: Bool { files.isEmpty }

    /// Writes the files whose bytes differ, each whole or not at all, and empties the batch; answers what became of
    /// each, in order. Of a file that was added twice the last bytes count.
    package mutating func write() -> [ReportFile.Outcome] {
        defer { self = ReportBatch() }
        var outcomes = [ReportFile.Outcome](repeating: .unchanged, count: files.count)
        for index in files.indices where files[index].file.differs(from: files[index].bytes) {
            outcomes[index] = files[index].file.draft(files[index].bytes)
        }
        forEachWritten(&outcomes) {
            $0.attempt { directory, name throws(FileFailure) in try directory.syncDraft(name) }
        }
        forEachWritten(&outcomes) { $0.attempt { directory, name throws(FileFailure) in try directory.publish(name) } }
        var synced: Set<String> = []
        forEachWritten(&outcomes) { file in
            guard synced.insert(file.folder).inserted else { return .written }
            return file.attempt { directory, _ throws(FileFailure) in try directory.sync() }
        }
        return outcomes
    }

    private func forEachWritten(_ outcomes: inout [ReportFile.Outcome], _ body: (ReportFile) -> ReportFile.Outcome) {
        for index in files.indices where outcomes[index] == .written { outcomes[index] = body(files[index].file) }
    }
}

extension ReportFile {
    fileprivate var folder: String { ([root] + directories.map(\.description)).joined(separator: "/") }

    /// Whether there is something to write, as far as can be told: what cannot be compared, `draft` tells.
    fileprivate func differs(from bytes: [UInt8]) -> Bool {
        do throws(FileFailure) {
            return try !openDirectory().holds(bytes, in: name)
        } catch {
            return true
        }
    }

    /// Writes the bytes beside the file.
    fileprivate func draft(_ bytes: [UInt8]) -> Outcome {
        attempt { directory, name throws(FileFailure) in
            // What is no file is not replaced: comparing tells.
            _ = try directory.holds(bytes, in: name)
            try directory.draft(name, with: bytes)
        }
    }

    fileprivate func attempt(_ body: (borrowing ReportDirectory, String) throws(FileFailure) -> Void) -> Outcome {
        do throws(FileFailure) {
            try body(openDirectory(), name)
            return .written
        } catch {
            return .failed(error.diagnostic(path))
        }
    }
}
