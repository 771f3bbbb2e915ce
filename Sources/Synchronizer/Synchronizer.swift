import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations

/// The work of the service for some of its sources, one step at a time; lives across steps, and is used by one task.
struct Synchronizer {
    let sources: [WatchedSource]
    /// By name, the directories of all sources of the service.
    let directories: [String: String]
    /// Its number among those of the service. The first one has the disks of this machine, and cares for what belongs
    /// to no source; each other one has a source on another machine.
    let group: Int
    var isRemote: Bool { group > 0 }
    let shared: SharedWork
    let store: ReservationStore
    let policy: ConflictPolicy
    let admission: AdmissionPolicy
    let horizon: Duration
    var attempts: Attempts { shared.attempts }
    let logger: Logger
    let looking: LookWatch

    var looks: [SourceLooks] = []
    let fileSystem: @Sendable (String) -> FileSystemKind
    /// `nil` until the store has told; asked again as long as it does not.
    var stored: [ExportName: StoredExport]?
    /// Contents that end before their end, since when they have been waited for.
    var incomplete: [ExportName: Incomplete] = [:]
    /// What scans could not use, by source, as it was last told.
    var told: [Int: [DirectoryScan.Refusal]] = [:]
    /// Why there are no events, by source, as it was last told.
    private var toldUnwatched: [Int: SourceFault] = [:]
    /// What is wrong with the directories of sources, by name, as far as the store was not told.
    var unknownFaults: [String: [Diagnostic]] = [:]
    /// On which disks exports are, by source and path, as far as the store was not told.
    var unknownDevices: [String: [String: UInt64]] = [:]
    /// Whether those disks are there, as far as the store was not told.
    var unknownDisks: [String: [String: StoredExport.Disk]] = [:]
    /// On which disks the directories of each source lie, as it was scanned last.
    var directoryDisks: [Int: DirectoryDisks] = [:]
    /// The sources that have exports on a disk that is not there.
    var withoutDisk: Set<String> = []
    /// Whether each source still brings news.
    var news: [SourceNews] = []
    /// Which days count; changes after midnight, UTC.
    var window: ImportWindow?
    /// Read, and not yet part of a pass.
    var pending: [ExportName: ExportChange] = [:]
    /// About what `pending` has in memory.
    var pendingBytes = 0
    /// Removed, and not yet part of a pass.
    var gone: [ExportName: ExportChange] = [:]
    /// What the pass that is going on changes: of these `stored` tells what was before.
    var applying: [ExportName: ExportChange] = [:]
    /// Whether the last pass has failed, so that what it had is pending beside what was read meanwhile.
    var hasPutBack = false
    /// When the step that goes on has begun.
    var began = Duration.zero
    var portion = ReadingPortion()
    /// How many exports were logged since the last whole pass that are not as they should be.
    var faultyTold = 0
    var retryAt: Duration?
    var random = SystemRandomNumberGenerator()
    /// Where the bookings of large exports wait; tests let it fail.
    var makeSpool: @Sendable () throws -> BookingSpool = { try BookingSpool() }

    struct Incomplete {
        var digest: String
        var since: Duration
    }

    /// A content that stays incomplete for this long is reported as truncated.
    static let truncationPause = Duration.seconds(600)
    /// The first pass waits for what was there at the start, but not for ever.
    static let longestStart = Duration.seconds(10)
    /// Of one source, before it is heard what else there is.
    static let longestReading = Duration.seconds(2)
    /// How often a new store asks whether all have come to the end of their start.
    private static let startPause = Duration.seconds(1)
    private static let retryPause = Duration.seconds(2)
    /// How often the store is asked whether the operator has let through what is held, or let go of what is away.
    private static let acceptancePause = Duration.seconds(3)

    /// - Parameter fileSystem: of a directory; it may be another one after each mounting.
    init<Time: Clock>(
        _ service: SynchronizerService<Time>, _ sources: [WatchedSource], group: Int = 0, sharing shared: SharedWork,
        watchedBy looking: LookWatch = LookWatch(wakes: Wakes()),
        fileSystem: @escaping @Sendable (String) -> FileSystemKind = FileSystemKind.of
    ) {
        self.sources = sources
        self.group = group
        self.shared = shared
        portion = shared.portion
        directories = Dictionary(
            service.sources.map { ($0.name, $0.root.path) }, uniquingKeysWith: { first, _ in first })
        store = service.store
        policy = service.policy
        admission = service.admission
        horizon = service.horizon
        logger = service.logger
        self.looking = looking
        self.fileSystem = fileSystem
        news = sources.map { SourceNews(expectedEvery: $0.expectedEvery) }
    }

    /// Looks at what is hinted and due, and runs a pass when something has changed.
    ///
    /// - Parameter elapsed: monotonic time since the service began, whenever it is asked.
    /// - Returns: when to come again at the latest.
    mutating func step(_ hints: [DirectoryChange], today: Date, elapsed: () -> Duration) async -> Duration {
        let begin = elapsed()
        began = begin
        looking.end()
        if looks.isEmpty { looks = sources.map { _ in SourceLooks(now: begin, isNetwork: isRemote) } }
        // Before the store is asked, which may not answer: nobody gives a hint twice.
        take(hints, elapsed: elapsed)
        guard shared.moves.isEmpty else { return begin }
        // What the store has just refused is not tried again because something else was heard.
        if let retryAt, begin < retryAt { return retryAt }
        do {
            try await prepare(today: today, elapsed: begin)
            try await learnWhatIsLetGo(elapsed: begin)
            try await lookAtAll(elapsed: elapsed, today: today)
            try await tellFaults()
            // After a part the rest is read at once.
            retryAt = try await pass(begin: begin, elapsed: elapsed, today: today) ? begin : nil
        } catch is CancellationError {
            // Asked to stop: what the pass had written is invisible, and the next start removes it.
        } catch {
            logger.error("the store does not answer, trying again", metadata: ["error": "\(error)"])
            retryAt = elapsed() + Self.retryPause
            stored = nil
        }
        let end = elapsed()
        shared.start.noteStep(of: group, at: end)
        if let retryAt, end < retryAt { return retryAt }
        let next = looks.map(\.nextLook).min() ?? end + SourceLooks.scanInterval
        let acceptance = !shared.held.isEmpty || !withoutDisk.isEmpty ? end + Self.acceptancePause : next
        let start = shared.start.isDone ? next : end + Self.startPause
        return max(min(next, retryAt ?? next, acceptance, start), end + .milliseconds(10))
    }

    func isOwn(_ source: String) -> Bool { sources.contains { $0.name == source } }

    /// At once: what was read is read, and would be lost if the store did not answer.
    mutating func keep(_ changes: [ExportChange]) {
        for change in changes {
            forget(change.export)
            if change.kind == .removed { gone[change.export] = change } else { pending[change.export] = change }
        }
    }

    /// What waits about an export is so no more.
    mutating func forget(_ name: ExportName) {
        pending[name] = nil
        gone[name] = nil
    }

    /// Whether more may have settled than is read before the next pass.
    var isPortionFull: Bool { pending.count >= portion.exports || pendingBytes >= portion.bytes }

    /// What must be known before anything is looked at: what the store has, and which days count today.
    private mutating func prepare(today: Date, elapsed: Duration) async throws {
        if stored == nil {
            let superseded = try await noteWatched()
            let exports = try await store.exports()
            let own = exports.filter { isOwn($0.name.source) }
            stored = Dictionary(own.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
            try await removeOtherSpellings(among: own, at: today)
            if group == 0 { letGo(of: exports.filter { directories[$0.name.source] == nil }, superseded) }
        }
        let window = ImportWindow(around: today, ahead: horizon)
        guard window != self.window else { return }
        if self.window != nil {
            logger.info("a new day: reading all exports anew", metadata: ["horizon": "\(window)"])
            for index in looks.indices { looks[index].forgetContents(now: elapsed) }
        }
        self.window = window
    }

    private mutating func take(_ hints: [DirectoryChange], elapsed: () -> Duration) {
        let roots = Set(hints.map(\.root))
        guard sources.allSatisfy({ !roots.contains($0.root.path) || isWhereItWas($0) }) else { return }
        var subtrees: [Int: Set<String>] = [:]
        for hint in hints {
            for index in sources.indices where sources[index].root.path == hint.root {
                switch hint {
                case .everything(_, let cause): takeHint(about: index, cause, elapsed: elapsed())
                case .directory(_, let path): subtrees[index, default: []].insert(path)
                case .file(_, let path, let arrival):
                    hear(of: path, arrival: arrival, in: index, elapsed: elapsed)
                }
            }
        }
        // Last, since what was heard of all of a source tells of them too.
        for index in sources.indices { look(into: subtrees[index] ?? [], in: index, elapsed: elapsed) }
    }

    private mutating func takeHint(about index: Int, _ cause: DirectoryChange.Cause, elapsed: Duration) {
        let name: Logger.MetadataValue = "\(sources[index].name)"
        switch cause {
        case .watched:
            toldUnwatched[index] = nil
            looks[index].noteWatched(true, now: elapsed)
        case .unwatched(let fault):
            // Once: it is tried again and again.
            if toldUnwatched.updateValue(fault, forKey: index) != fault {
                logger.warning(
                    "no events for a directory, scanning it often", metadata: ["source": name, "reason": "\(fault)"])
            }
            looks[index].noteWatched(false, now: elapsed)
        case .overflow, .directories, .rootLost:
            logger.debug("looking at everything", metadata: ["source": name, "cause": "\(cause)"])
            looks[index].expectScan(by: elapsed)
        }
    }
}
