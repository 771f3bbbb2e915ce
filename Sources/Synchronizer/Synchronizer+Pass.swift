import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations

extension Synchronizer {
    /// The exports of sources that are no longer configured go.
    func changesOfForgottenSources() -> [ExportChange] {
        let configured = Set(sources.map(\.name))
        return (stored ?? [:]).keys.filter { !configured.contains($0.source) }.sorted().map {
            ExportChange($0, .removed, isGuarded: false)
        }
    }

    /// Switches what is served to the changes that are pending, if there are any.
    ///
    /// Of more than fits into memory the first part is decided before all of the rest is read: only as much as the next
    /// part holds is read beside it. What is gone goes with the last part, since the rest may have it elsewhere.
    /// - Returns: whether there is a rest.
    mutating func pass(begin: Duration, elapsed: () -> Duration, today: Date) async throws -> Bool {
        let isPart = isPortionFull
        let hasWaited = try await store.hasWaitedEnough()
        let isStarting = !isFirstPassDone && begin < Self.longestStart && looks.contains { !$0.isSettled }
        let isEmpty = pending.isEmpty && gone.isEmpty
        if pending.isEmpty { hasPutBack = false }
        guard isPart || !isStarting, !isEmpty || hasWaited || !isFirstPassDone else { return false }

        let bytes = pendingBytes
        beginApplying(withGone: !isPart)
        let summary: PassSummary
        do {
            summary = try await apply(isPart: isPart, elapsed: elapsed, today: today)
        } catch {
            putBack(bytes: bytes)
            throw error
        }
        let changed = summary.exports.union(applying.keys)
        applying = [:]
        hasPutBack = false
        for name in changed { stored?[name] = nil }
        for export in try await store.exports(named: changed) { stored?[export.name] = export }
        logger.info(
            isPart ? "a part is decided" : isFirstPassDone ? "decided" : "first pass done: decided",
            metadata: [
                "generation": "\(summary.generation)", "exports": "\(summary.exports.count)",
                "inserted": "\(summary.inserted)", "withdrawn": "\(summary.withdrawn)", "granted": "\(summary.granted)",
                "declined": "\(summary.declined)", "duplicates": "\(summary.duplicates)",
            ]
        )
        if !isPart { isFirstPassDone = true }
        tell(summary.held)
        return isPart
    }

    /// Sets apart what the pass changes, so that what is read beside it waits for the next one.
    private mutating func beginApplying(withGone: Bool) {
        applying = pending
        pending = [:]
        pendingBytes = 0
        if withGone {
            applying.merge(gone) { _, gone in gone }
            gone = [:]
        }
    }

    /// What has come meanwhile is newer.
    private mutating func putBack(bytes: Int) {
        hasPutBack = true
        keep(applying.values.filter { pending[$0.export] == nil && gone[$0.export] == nil })
        pendingBytes += bytes
        applying = [:]
    }

    private mutating func apply(isPart: Bool, elapsed: () -> Duration, today: Date) async throws -> PassSummary {
        let (store, policy, admission) = (store, policy, admission)
        let changes = applying.values.sorted { $0.export < $1.export }
        async let summary = store.apply(changes, policy: policy, admission: admission, at: today, isPart: isPart)
        if isPart, !hasPutBack { try await lookAtAll(elapsed: elapsed, today: today) }
        return try await summary
    }

    /// Raises the alarm of the guard, once for each state of it, and takes it back.
    private mutating func tell(_ found: [String: HeldSource?]) {
        for (source, now) in found.sorted(by: { $0.key < $1.key }) where held[source] != now {
            held[source] = now
            guard let now else {
                logger.notice("no withdrawals are held any more", metadata: ["source": "\(source)"])
                continue
            }
            let finding = Diagnostic(
                .removalHeld, "\(now.lost) of \(now.before) future bookings would be withdrawn; they are held")
            logger.error(
                "withdrawals are held",
                metadata: [
                    "source": "\(source)", "code": "\(finding.code.rawValue)", "reason": "\(finding.message)",
                    "hint": "bookwatch sources accept \(source)",
                ])
        }
    }
}
