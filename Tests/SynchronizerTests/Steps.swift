import CalendarImport
import DirectoryWatch
import Foundation
import GRDB
import ICalendar
import Logging
import Reports
import Reservations
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// 22 November 2026, noon UTC.
let noon = Date(timeIntervalSince1970: 1_795_348_800)

/// A synchronizer over one directory, stepped by hand: time passes only when a test says so.
struct Steps {
    let exports: TemporaryDirectory
    let state: TemporaryDirectory
    let store: ReservationStore
    let logged = LoggedLines()
    private(set) var elapsed = Duration.zero
    /// When the last step wants another one at the latest.
    private(set) var next = Duration.zero
    /// How long each step takes to look at anything.
    var lookLength = Duration.zero
    /// How much time passes whenever a step asks for it.
    var tick = Duration.zero
    private var synchronizer: Synchronizer
    private let writer: ReportWriter
    private var reporting: Reporting
    private let isReporting: Bool
    /// What is heard first.
    private var firstHints: [DirectoryChange] = []

    init(
        name: String = "hr",
        onRemoval: WatchedSource.Removal = .withdraw, allowsEmpty: Bool = false, expectedEvery: Duration? = nil,
        store: ReservationStore? = nil, attempts: Attempts = .none, rooms: RoomCatalogue = RoomCatalogue(),
        exports: TemporaryDirectory? = nil, state: TemporaryDirectory? = nil, isReporting: Bool = true,
        storeRetention: Duration = .seconds(90 * 86_400),
        isWatched: Bool = true, limits: WatchedRoot.Limits = WatchedRoot.Limits(),
        copies: (TemporaryDirectory) -> [String: String] = { _ in [:] }
    ) throws {
        let exports = try exports ?? TemporaryDirectory()
        self.exports = exports
        self.state = try state ?? TemporaryDirectory()
        self.isReporting = isReporting
        if isWatched { firstHints = [.everything(root: exports.path, cause: .watched)] }
        self.store = try store ?? ReservationStore.inMemory()
        let zone = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
        let source = WatchedSource(
            name: name, root: WatchedRoot(exports.path, limits: limits),
            rules: SourceRules(source: name, rooms: RoomResolver(catalogue: rooms), zone: zone), onRemoval: onRemoval,
            allowsEmpty: allowsEmpty, expectedEvery: expectedEvery
        )
        let logged = logged
        let service = SynchronizerService(
            sources: [source], store: self.store, policy: ConflictPolicy(), admission: AdmissionPolicy(),
            horizon: .seconds(400 * 86_400), attempts: attempts,
            clock: ContinuousClock(), now: { noon }, logger: Logger(label: "test") { _ in CollectingLog(lines: logged) }
        )
        synchronizer = Synchronizer(
            service, service.sources, sharing: SharedWork(attempts: attempts), fileSystem: { _ in .local })
        let settings = ReportSettings(
            directory: self.state.path, zone: .gmt, disclosure: .time, copies: copies(self.state), rooms: rooms,
            storeRetention: storeRetention)
        writer = ReportWriter(self.store, settings, logger: service.logger)
        reporting = Reporting(writer, logger: service.logger)
    }

    /// Rooms of which those that match a pattern answer by an address.
    static func answering(_ pattern: String, by address: String) throws -> RoomCatalogue {
        let terms = RoomTerms(address: Participant(address))
        return RoomCatalogue([RoomCatalogue.Entry(try #require(RoomPattern(pattern)), terms)])
    }

    /// Lets `time` pass, with `hints` at its beginning.
    mutating func wait(_ time: Duration, hints: [DirectoryChange] = [], days: Double = 0) async {
        let end = elapsed + time
        var hints = firstHints + hints
        firstHints = []
        while true {
            let now = noon.addingTimeInterval(days * 86_400 + elapsed / .seconds(1))
            let (begin, length, tick) = (elapsed, lookLength, tick)
            var asked = 0
            next = await synchronizer.step(hints, today: now) {
                defer { asked += 1 }
                return (asked > 0 ? begin + length : begin) + tick * asked
            }
            if isReporting { await reporting.step(at: now, elapsed: elapsed) }
            hints = []
            guard next <= end else { break }
            elapsed = next
        }
        elapsed = end
    }

    /// Lets everything that has ended by `instant` have its expiry; nobody was answering.
    func expireAll(until instant: Date) async throws {
        _ = try await store.expire(policy: AdmissionPolicy(), at: noon)
        _ = try await store.expire(policy: AdmissionPolicy(), at: instant)
    }

    func tidy(at now: Date) async throws { _ = try await writer.tidy(at: now) }

    func renamed(_ path: String) -> DirectoryChange {
        .file(root: exports.path, path: path, arrival: .renamed)
    }

    func appeared(_ directory: String) -> DirectoryChange { .directory(root: exports.path, path: directory) }

    var directoriesChanged: DirectoryChange { .everything(root: exports.path, cause: .directories) }

    /// Lets there be so much room for what is read of large exports.
    mutating func limitSpools(to bytes: Int) { synchronizer.makeSpool = { try BookingSpool(bytes: bytes) } }

    mutating func limitReading(to portion: ReadingPortion) { synchronizer.portion = portion }

    /// As if a pass with these changes went on.
    mutating func beApplying(_ changes: [ExportChange]) {
        for change in changes { synchronizer.applying[change.export] = change }
    }

    /// UIDs of what was granted in `room`, in order.
    func granted(_ room: String = "blue") async throws -> [String] {
        let name = try #require(RoomName(room))
        return try await store.reservations(of: name, touching: Date.distantPast..<Date.distantFuture)
            .filter { $0.decision.verdict == .granted }.map(\.reservation.id.uid).sorted()
    }

    func report(_ path: String) throws -> String {
        try String(contentsOf: state.url.appending(path: path), encoding: .utf8)
    }
}

/// An export with events in room blue, an hour each: UID and hour of 1 December 2026.
func export(_ events: (uid: String, hour: Int)...) -> String { export(events) }

func export(_ events: [(uid: String, hour: Int)]) -> String {
    let all = events.map { event in
        """
        BEGIN:VEVENT
        UID:\(event.uid)
        DTSTAMP:20261101T000000Z
        DTSTART:20261201T\(event.hour)0000Z
        DURATION:PT1H
        SUMMARY:Meeting
        ORGANIZER:mailto:\(event.uid)@example.org
        LOCATION:https://meet.example.org/blue
        END:VEVENT

        """
    }
    return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n\(all.joined())END:VCALENDAR\n"
}

/// What a content is called among the attempts at it.
func attempt(at text: String) throws -> String {
    let files = try TemporaryDirectory()
    try files.write(text, to: "x.ics")
    let root = WatchedRoot(files.path)
    let stamp = try FileReading.stamp(of: "x.ics", below: root)
    return try FileReading.read("x.ics", below: root, settled: stamp, limit: 1 << 22).sha256 + " "
}

extension ReservationStore {
    /// Lets every pass fail, or succeed again.
    func refusePasses(_ isRefusing: Bool) async throws { try await refuseUpdates(isRefusing, of: "generation") }

    /// Lets nobody find the table of what is watched, or find it again.
    func hideWatched(_ isHiding: Bool) async throws {
        try await database.writeWithoutTransaction { db in
            try db.execute(
                sql: isHiding ? "ALTER TABLE watched RENAME TO hidden" : "ALTER TABLE hidden RENAME TO watched")
        }
    }

    /// Lets every change of a row of `table` fail, or succeed again.
    func refuseUpdates(_ isRefusing: Bool, of table: String) async throws {
        try await database.write { db in
            try db.execute(
                sql: isRefusing
                    ? """
                    CREATE TRIGGER refuse BEFORE UPDATE ON \(table)
                    BEGIN SELECT RAISE(ABORT, 'refused by the test'); END
                    """
                    : "DROP TRIGGER refuse"
            )
        }
    }
}

/// What was logged, as `level message code path reason`.
final class LoggedLines: Sendable {
    private let lines = Mutex<[String]>([])

    func append(_ line: String) { lines.withLock { $0.append(line) } }
    func with(_ text: String) -> [String] { lines.withLock { $0.filter { $0.contains(text) } } }
}

struct CollectingLog: LogHandler {
    let lines: LoggedLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = ["code", "path", "reason"].map { "\(event.metadata?[$0] ?? "")" }
        lines.append("\(event.level) \(event.message) \(facts.joined(separator: " "))")
    }
}
