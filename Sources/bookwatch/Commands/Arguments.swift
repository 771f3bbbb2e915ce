import ArgumentParser
import CalendarImport
import ConferenceAPI
import DirectoryWatch
import Foundation
import ICalendar
import Reports
import Reservations
import Synchronizer

/// An instant on the command line: `2026-12-08T10:00:00Z`, with an offset, or a day, which means its midnight in UTC.
struct InstantArgument: ExpressibleByArgument {
    let instant: Date

    init?(argument: String) {
        let text = argument.count == 10 ? "\(argument)T00:00:00Z" : argument
        guard let instant = JitsiTimestamp.parse(text) else { return nil }
        self.instant = instant
    }
}

/// A day on the command line, `2026-11-22`, in the zone of the configuration.
struct DayArgument: ExpressibleByArgument {
    private let text: String

    init?(argument: String) {
        guard LocalDay(argument, in: .gmt) != nil else { return nil }
        text = argument
    }

    func day(in zone: TimeZone) -> LocalDay? { LocalDay(text, in: zone) }
}

/// A bound of a window: an instant, or a local time or the midnight of a day, which the zone of floating times decides.
enum WindowBoundArgument: ExpressibleByArgument {
    case instant(Date)
    case local(LocalDateTime)

    init?(argument: String) {
        if let instant = JitsiTimestamp.parse(argument) {
            self = .instant(instant)
            return
        }
        switch try? CalendarTime(argument.utf8) {
        case .date(let date)?:
            guard let midnight = LocalDateTime(date: date, secondOfDay: 0) else { return nil }
            self = .local(midnight)
        case .floating(let local)?: self = .local(local)
        case .utc(let local)?: self = .instant(TimeZoneDefinition.utc.instant(of: local))
        case .zoned?, nil: return nil
        }
    }

    func instant(in zone: TimeZoneDefinition) -> Date {
        switch self {
        case .instant(let instant): instant
        case .local(let local): zone.instant(of: local)
        }
    }
}

/// A file named on the command line.
enum FileArgument {
    /// - Throws: exit code 66 with one line, when it cannot be read.
    static func bytes(of path: String) throws -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))
        } catch {
            Output.error(Output.shown("\(path): \(SystemReason.of(error))"))
            throw ExitCode.noInput
        }
    }

    /// What keeps a file that is there from being read as an export.
    ///
    /// - Throws: exit code 66 with one line, when it cannot be read.
    static func fault(of path: String, limits: ImportLimits) throws -> SourceFault? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG else { return .notRegular }
        let size = Int64(status.st_size)
        // Most files are below any limit, and need not be looked into for that.
        guard size > min(limits.calendarBytes, limits.xmlBytes) else { return nil }
        let limit = limits.fileBytes(try format(of: path))
        return size > limit ? .tooLarge(bytes: size, limit: limit) : nil
    }

    /// What an export means. A large one of XML is not kept in memory.
    ///
    /// - Throws: exit code 66 with one line, when it cannot be read.
    static func export(at path: String, by reader: ExportReader) throws -> ImportedExport {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_size > ExportContents.keptBytes, try format(of: path) == .xml
        else { return reader.read(try bytes(of: path), path: path) }
        var survey = reader.survey(size: Int(status.st_size))
        try read(path) { survey.feed($0.span) }
        let outline = survey.finish()
        var stream = reader.stream(path: path, after: outline)
        var bookings: [Booking] = []
        if outline.needsSecondReading {
            try read(path) { piece in
                stream.feed(piece.span)
                bookings += stream.takeBookings()
            }
        }
        var export = stream.finish()
        export.bookings = (bookings + export.bookings).sorted { $0.line < $1.line }
        return export
    }

    private static func format(of path: String) throws -> ExportFormat {
        var head: [UInt8] = []
        try read(path, upTo: ExportFormat.headBytes) { head += $0 }
        return ExportFormat(of: head)
    }

    /// Calls `body` with the bytes of a file, piece by piece.
    ///
    /// - Throws: exit code 66 with one line, when it cannot be read.
    private static func read(_ path: String, upTo limit: Int = .max, _ body: ([UInt8]) -> Void) throws {
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            var left = limit
            while left > 0, let piece = try file.read(upToCount: min(left, 1 << 20)), !piece.isEmpty {
                left -= piece.count
                body([UInt8](piece))
            }
            try file.close()
        } catch {
            Output.error(Output.shown("\(path): \(SystemReason.of(error))"))
            throw ExitCode.noInput
        }
    }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
