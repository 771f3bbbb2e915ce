package import CalendarImport
package import DirectoryWatch
package import ReservationStore
import Reservations
import Synchronization

/// What is read of a settled file: its hash first, for most contents are known already.
package struct ExportContents: Sendable {
    /// SHA-256 in hexadecimal.
    let digest: String
    private let path: String
    private let source: WatchedSource
    private let settled: FileStamp
    /// In bytes.
    private let limit: Int64
    /// `nil` for a great XML file, whose bytes are read once more, and not kept.
    private let bytes: UnreadBytes?

    /// Greater XML files are not kept in memory, nor are the bookings of any greater file.
    package static let keptBytes: Int64 = 1 << 20

    /// Whether nothing more is read from the disk.
    var isInMemory: Bool { bytes != nil }

    package init(_ path: String, of source: WatchedSource, settled: FileStamp) throws(SourceFault) {
        self.path = path
        self.source = source
        self.settled = settled
        // What may have any format, and is kept whichever it has, is read at once.
        let isSmall = settled.size <= min(Self.keptBytes, source.rules.limits.leastFileBytes)
        let format = isSmall ? nil : try Self.format(of: path, source, settled)
        limit = format.map(source.rules.limits.fileBytes) ?? source.rules.limits.leastFileBytes
        guard settled.size > Self.keptBytes, format == .xml else {
            let content = try FileReading.read(path, below: source.root, settled: settled, limit: limit)
            digest = content.sha256
            bytes = UnreadBytes(content.bytes)
            return
        }
        digest = try FileReading.stream(path, below: source.root, settled: settled, limit: limit) { _ in }
        bytes = nil
    }

    /// What the content is: that decides how much of it is read, and how.
    private static func format(
        of path: String, _ source: WatchedSource, _ settled: FileStamp
    ) throws(SourceFault) -> ExportFormat {
        let limit = source.rules.limits.greatestFileBytes
        guard settled.size <= limit else { throw .tooLarge(bytes: settled.size, limit: limit) }
        return ExportFormat(
            of: try FileReading.head(path, below: source.root, settled: settled, count: ExportFormat.headBytes))
    }

    /// Reads all of it into memory, once.
    ///
    /// - Throws: `.changing` if it is not what was hashed any more.
    package func read(by reader: ExportReader) throws(SourceFault) -> ImportedExport {
        if let bytes { return reader.read(try bytes.take(), path: path) }
        var bookings: [Booking] = []
        var export = try stream(by: reader, progress: { _ in }, take: { bookings += $0 })
        export.bookings = bookings + export.bookings
        return export
    }

    /// Reads it, once, and keeps the bookings of a large export in a spool.
    ///
    /// - Parameters:
    ///   - makeSpool: called for a large export.
    ///   - progress: called with the number of bytes that were read since it was called last.
    /// - Throws: `.changing` if it is not what was hashed any more, `.noTemporaryFile` when a spool cannot be written.
    package func spooled(
        by reader: ExportReader, into makeSpool: () throws -> BookingSpool = { try BookingSpool() },
        progress: (Int) -> Void = { _ in }
    ) throws(SourceFault) -> ReadExport {
        guard settled.size > Self.keptBytes else {
            let export = try read(by: reader)
            progress(Int(settled.size))
            return ReadExport(export)
        }
        let spool = try Self.spooling(makeSpool)
        var failure: SourceFault?
        func append(_ bookings: [Booking]) {
            guard failure == nil else { return }
            do throws(SourceFault) { try Self.spooling { try spool.append(bookings) } } catch { failure = error }
        }
        var export: ImportedExport
        if let bytes {
            export = reader.read(try bytes.take(), path: path, take: append)
            progress(Int(settled.size))
        } else {
            export = try stream(by: reader, progress: progress, take: append)
        }
        append(export.bookings)
        if let failure { throw failure }
        export.bookings = []
        return ReadExport(export, spool: spool, bookings: try Self.spooling { try spool.finish() })
    }

    private static func spooling<Result>(_ work: () throws -> Result) throws(SourceFault) -> Result {
        do {
            return try work()
        } catch {
            throw .noTemporaryFile(reason: BookingSpool.reason(of: error))
        }
    }

    /// The bytes are read twice, each time from the beginning.
    private func stream(
        by reader: ExportReader, progress: (Int) -> Void, take: ([Booking]) -> Void
    ) throws(SourceFault) -> ImportedExport {
        var survey = reader.survey(size: Int(settled.size))
        var read = 0
        func tell(_ count: Int) {
            progress((read + count) / 2 - read / 2)
            read += count
        }
        try again { piece in
            survey.feed(piece)
            tell(piece.count)
        }
        let outline = survey.finish()
        var stream = reader.stream(path: path, after: outline)
        guard outline.needsSecondReading else { return stream.finish() }
        try again { piece in
            stream.feed(piece)
            take(stream.takeBookings())
            tell(piece.count)
        }
        return stream.finish()
    }

    private func again(piece: (Span<UInt8>) -> Void) throws(SourceFault) {
        let read = try FileReading.stream(path, below: source.root, settled: settled, limit: limit, piece: piece)
        guard read == digest else { throw .changing }
    }
}

/// The bytes of a content on their way to its reader, which has them for itself: it unfolds them where they lie, and
/// else had to copy all of them.
private final class UnreadBytes: Sendable {
    private let bytes: Mutex<[UInt8]?>

    init(_ bytes: consuming [UInt8]) { self.bytes = Mutex(bytes) }

    /// - Throws: `.changing` when they were taken before: the file has to be read again.
    func take() throws(SourceFault) -> [UInt8] {
        guard let taken = bytes.withLock({ $0.take() }) else { throw .changing }
        return taken
    }
}

/// What an export means, with its bookings in memory or, those of a large one, in a spool.
package struct ReadExport: Sendable {
    /// Without the bookings that are in the spool.
    package let export: ImportedExport
    /// How many bookings there are.
    package let bookings: Int
    private let spool: BookingSpool?

    fileprivate init(_ export: ImportedExport) {
        self.export = export
        bookings = export.bookings.count
        spool = nil
    }

    fileprivate init(_ export: ImportedExport, spool: BookingSpool, bookings: Int) {
        self.export = export
        self.bookings = bookings
        self.spool = spool
    }

    /// What a content that can be used changes. What could not be read of it stays as it was.
    package var change: ExportChange.Kind {
        let absent: ExportChange.Absence =
            !export.isWhole ? .stays : export.rejectedUIDs.isEmpty ? .withdrawn : .staysWithUID(export.rejectedUIDs)
        return spool.map { .spooled($0, absent: absent) } ?? .content(export.bookings, absent: absent)
    }
}
