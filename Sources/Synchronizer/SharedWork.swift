import DirectoryWatch
import Logging
import ReservationStore
import Synchronization

/// What the synchronizers of one service share: those of directories that may hang work for themselves.
final class SharedWork: Sendable {
    private struct State {
        /// Those whose exports, as they were at the start, are not all in a pass yet, and when each was heard of last.
        var starting: [Int: Duration]
        var isStarted = false
        var held: [String: HeldSource] = [:]
        /// By root, where a source lies now that lay elsewhere when the groups were made.
        var moved: [String: FileSystemKind] = [:]
        /// Sources whose directory was another one's, which still has exports.
        var awaited: Set<String> = []
        /// What of them has been found, and read.
        var seen: [String: DirectoryScan] = [:]
    }

    let attempts: Attempts
    /// What one of them may read before it is decided.
    let portion: ReadingPortion
    let passTurns = Turns()
    /// Of what may be what ended the service: it is worked on while nothing else of that kind is, of whatever source,
    /// so that one content is not blamed again and again for another one.
    let suspectTurns = Turns()
    /// Directories on other machines settle in ten seconds, and are read a moment later.
    static let longestSilence = Duration.seconds(15)
    /// Those of the first synchronizer, which has the disks of this machine.
    private let local: Wakes
    private let state: Mutex<State>

    /// - Parameters:
    ///   - groups: how many synchronizers there are.
    ///   - local: what the first one of them waits for.
    init(attempts: Attempts, groups: Int = 1, local: Wakes = Wakes()) {
        self.attempts = attempts
        self.local = local
        portion = ReadingPortion(ofOneAmong: groups)
        state = Mutex(State(starting: Dictionary(uniqueKeysWithValues: (0..<groups).map { ($0, .zero) })))
    }

    /// Whether the first pass is done, in all of its parts.
    var isStarted: Bool { state.withLock(\.isStarted) }

    func noteStarted() { state.withLock { $0.isStarted = true } }

    /// What `group` had at the start is in a pass, or there is nothing.
    func noteStarted(_ group: Int) { state.withLock { $0.starting[group] = nil } }

    /// `group` goes on.
    func noteStep(of group: Int, at now: Duration) {
        state.withLock { if $0.starting[group] != nil { $0.starting[group] = now } }
    }

    /// Whether others have not started yet, and may be expected to: the disks of this machine always answer.
    func isWaiting(forOthersThan group: Int, at now: Duration) -> Bool {
        state.withLock {
            $0.starting.contains { $0.key != group && ($0.key == 0 || now - $0.value < Self.longestSilence) }
        }
    }

    /// Does `pass` when its turn has come; `contents` are blamed for what it does to the service.
    func decide<Summary: Sendable>(
        _ contents: [String], areSuspect: Bool, _ logger: Logger, pass: @Sendable () async throws -> Summary
    ) async throws -> Summary {
        guard !areSuspect else {
            return try await suspectTurns.run { try await decide(contents, areSuspect: false, logger, pass: pass) }
        }
        return try await passTurns.run {
            attempts.note(logger) { try $0.deciding.begin(contents) }
            do {
                let summary = try await pass()
                attempts.note(logger) { try $0.deciding.end(contents) }
                return summary
            } catch {
                attempts.note(logger) { try $0.deciding.takeBack(contents) }
                throw error
            }
        }
    }

    /// Whether withdrawals of any source wait.
    var isHolding: Bool { state.withLock { !$0.held.isEmpty } }

    /// Takes in what waits of a source by now; answers what did before.
    func note(_ held: HeldSource?, ofSource source: String) -> HeldSource? {
        let before = state.withLock { state in
            defer { state.held[source] = held }
            return state.held[source]
        }
        // Whoever holds it may hang when the operator lets it through.
        if before == nil, held != nil { local.wake() }
        return before
    }

    /// Lets nobody keep the scans of sources but for these.
    func awaitSight(of sources: Set<String>) {
        state.withLock { state in
            state.awaited = sources
            state.seen = state.seen.filter { sources.contains($0.key) }
        }
    }

    func isAwaited(_ source: String) -> Bool { state.withLock { $0.awaited.contains(source) } }

    /// What of `source` has been found, and read, since it was taken last.
    func takeSight(of source: String) -> DirectoryScan? { state.withLock { $0.seen.removeValue(forKey: source) } }

    func noteSight(of source: String, _ scan: DirectoryScan) {
        state.withLock { if $0.awaited.contains(source) { $0.seen[source] = scan } }
        // It cares for the exports that the directory had under another name.
        local.wake()
    }

    /// By root, on which kind of file system sources lie now that lay on another one when the groups were made.
    var moved: [String: FileSystemKind] { state.withLock(\.moved) }

    /// Lets the groups be made anew.
    func noteMoved(_ root: String, to kind: FileSystemKind) {
        state.withLock { $0.moved[root] = kind }
        local.wake()
    }
}
