import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations

extension Synchronizer {
    /// Switches what is served to the changes that are pending, if there are any.
    ///
    /// Of more than fits into memory the first part is decided before all of the rest is read: only as much as the next
    /// part holds is read beside it. What is gone goes with the last part, since the rest may have it elsewhere. What
    /// was being decided when the service ended comes last, in smaller and smaller parts with nothing beside them.
    /// - Returns: whether there is a rest.
    mutating func pass(begin: Duration, elapsed: () -> Duration, today: Date) async throws -> Bool {
        let part = PassPart(of: pending.values) { change in
            attempt(at: change).map { attempts.deciding.attempts(at: $0) } ?? 0
        }
        let isFull = isPortionFull || looks.contains(where: \.hasQueue)
        let isOwnPart = isFull || part.changes.count < pending.count || part.isSuspect && !gone.isEmpty
        let hasWaited = try await store.hasWaitedEnough()
        let isStarting = !shared.start.isDone
        let isEmpty = pending.isEmpty && gone.isEmpty
        if pending.isEmpty { hasPutBack = false }
        guard isFull || !isStarting || begin >= Self.longestStart || looks.allSatisfy(\.isSettled) else { return false }
        // What is gone can wait for the others, who do not wait for it.
        if pending.isEmpty, !isOwnPart { shared.start.noteDone(group) }
        let isPart = isOwnPart || isStarting && shared.start.isWaiting(forOthersThan: group, at: elapsed())
        // What is gone waits for the last part.
        guard !pending.isEmpty || !isPart && !isEmpty || hasWaited || isStarting && !isPart else { return false }

        let bytes = beginApplying(part, withGone: !isPart)
        let summary: PassSummary
        do {
            summary = try await apply(part, isPart: isPart, elapsed: elapsed, today: today)
        } catch {
            putBack(bytes: bytes)
            throw error
        }
        let all = summary.exports.union(applying.keys)
        let changed = all.filter { isOwn($0.source) }
        applying = [:]
        hasPutBack = false
        for name in changed { stored?[name] = nil }
        for export in try await store.exports(named: changed) { stored?[export.name] = export }
        try await forgetFormer(after: all)
        logger.info(
            isPart ? "a part is decided" : shared.start.isDone ? "decided" : "first pass done: decided",
            metadata: [
                "generation": "\(summary.generation)", "exports": "\(summary.exports.count)",
                "inserted": "\(summary.inserted)", "withdrawn": "\(summary.withdrawn)", "granted": "\(summary.granted)",
                "declined": "\(summary.declined)", "duplicates": "\(summary.duplicates)",
            ]
        )
        if !isOwnPart {
            shared.start.noteDone(group)
            faultyTold = 0
        }
        if !isPart { shared.start.noteDone() }
        tell(summary.held)
        // Whoever comes last finishes the first pass.
        return isOwnPart || !shared.start.isDone && !shared.start.isWaiting(forOthersThan: group, at: elapsed())
    }

    /// What a change is called among the attempts; `nil` for one that brings no content.
    private func attempt(at change: ExportChange) -> String? {
        switch change.kind {
        case .unusable, .removed: nil
        case .content, .spooled:
            sources.first { $0.name == change.export.source }.flatMap { Attempts.name(of: change.digest, by: $0.rules) }
        }
    }

    /// Sets apart what the pass changes, so that what is read beside it waits for the next one.
    ///
    /// - Returns: about how much memory it takes; as long as some is left waiting, all of it counts as waiting.
    private mutating func beginApplying(_ part: PassPart, withGone: Bool) -> Int {
        for change in part.changes {
            let spelled = spelledAsStored(change)
            applying[spelled.export] = spelled
            pending[change.export] = nil
        }
        if withGone {
            for change in gone.values.map(spelledAsStored) { applying[change.export] = change }
            gone = [:]
        }
        guard pending.isEmpty else { return 0 }
        defer { pendingBytes = 0 }
        return pendingBytes
    }

    /// What has come meanwhile is newer.
    private mutating func putBack(bytes: Int) {
        hasPutBack = true
        keep(applying.values.filter { pending[$0.export] == nil && gone[$0.export] == nil })
        pendingBytes += bytes
        applying = [:]
    }

    private mutating func apply(
        _ part: PassPart, isPart: Bool, elapsed: () -> Duration, today: Date
    ) async throws -> PassSummary {
        // Not `self`, of which whatever changes meanwhile would be copied.
        let (store, policy, admission, shared, logger) = (store, policy, admission, shared, logger)
        let changes = applying.values.sorted { $0.export < $1.export }
        let contents = part.changes.compactMap { attempt(at: $0) }
        async let summary = shared.turns.decide(contents, areSuspect: part.isSuspect, logger) {
            try await store.apply(changes, policy: policy, admission: admission, at: today, isPart: isPart)
        }
        if isPart, !part.isSuspect, !hasPutBack { try await lookAtAll(elapsed: elapsed, today: today) }
        return try await summary
    }

    /// Raises the alarm of the guard, once for as long as it holds something, and takes it back.
    private func tell(_ found: [String: HeldSource?]) {
        for (source, now) in found.sorted(by: { $0.key < $1.key }) {
            let before = shared.held.note(now, ofSource: source)
            guard now != before else { continue }
            guard let now else {
                logger.notice("no withdrawals are held any more", metadata: ["source": "\(source)"])
                continue
            }
            let finding = Diagnostic(
                .removalHeld, "\(now.lost) of \(now.before) future bookings would be withdrawn; they are held")
            logger.log(
                level: before == nil ? .error : .notice,
                before == nil ? "withdrawals are held" : "other withdrawals are held",
                metadata: [
                    "source": "\(source)", "code": "\(finding.code.rawValue)", "reason": "\(finding.message)",
                    "hint": "bookwatch sources accept \(source)",
                ])
        }
    }
}
