package import CalendarImport
package import DirectoryWatch

/// What is read of a settled file: its hash first, for most contents are known already.
package struct ExportContents {
    /// SHA-256 in hexadecimal.
    let digest: String
    private let path: String
    private let source: WatchedSource
    private let settled: FileStamp
    /// `nil` for a great XML file, whose bytes are read once more, and not kept.
    private let bytes: [UInt8]?

    /// Greater XML files are not kept in memory.
    static let keptBytes: Int64 = 8 << 20

    package init(_ path: String, of source: WatchedSource, settled: FileStamp) throws(SourceFault) {
        self.path = path
        self.source = source
        self.settled = settled
        let limits = source.rules.limits
        let limit = limits.fileBytes(path)
        guard settled.size > Self.keptBytes, limits.isXML(path) else {
            let content = try FileReading.read(path, below: source.root, settled: settled, limit: limit)
            digest = content.sha256
            bytes = content.bytes
            return
        }
        digest = try FileReading.stream(path, below: source.root, settled: settled, limit: limit) { _ in }
        bytes = nil
    }

    /// - Parameter progress: called with the number of bytes that were read since it was called last.
    /// - Throws: `.changing` if it is not what was hashed any more.
    package func read(
        by reader: ExportReader, progress: (Int) -> Void = { _ in }
    ) throws(SourceFault) -> ImportedExport {
        if let bytes {
            let export = reader.read(bytes, path: path)
            progress(bytes.count)
            return export
        }
        var stream = reader.stream(path: path, size: Int(settled.size))
        let limit = source.rules.limits.fileBytes(path)
        let read = try FileReading.stream(path, below: source.root, settled: settled, limit: limit) { piece in
            stream.feed(piece)
            progress(piece.count)
        }
        guard read == digest else { throw .changing }
        return stream.finish()
    }
}
