import DirectoryWatch
import Logging
import ReservationStore

extension Synchronizer {
    /// Lets the exports of sources that are no longer configured go.
    ///
    /// A source that has another name by now has them still: those whose directory is watched wait until the place
    /// where they lay has been seen. It may be away.
    ///
    /// - Parameter former: by source, where they were.
    mutating func letGo(of exports: [StoredExport], _ former: [String: String]) {
        inherited = [:]
        for (source, exports) in Dictionary(grouping: exports, by: \.name.source).sorted(by: { $0.key < $1.key }) {
            let heirs = former[source].map { directory in directories.filter { $0.value == directory } }
            guard let heir = heirs?.keys.min() else {
                for export in exports { letGo(of: export) }
                continue
            }
            inherited[heir, default: []] += exports
            logger.notice(
                "exports that a directory had under another name stay until it has been seen",
                metadata: [
                    "source": "\(heir)", "former": "\(source)", "exports": "\(exports.count)",
                    "hint": "bookwatch sources accept \(source), if they are gone for good",
                ])
        }
        shared.sights.wait(for: Set(inherited.keys))
    }

    /// Tells what has been found of sources that are waited for, and read; one that never stands still is not.
    mutating func tellSights(at now: Duration) {
        for (index, scan) in sights where looks[index].isSettled(butForRestlessAt: now) && !looks[index].hasQueue {
            let names = scan.entries.map { ExportName(source: sources[index].name, path: $0.path) }
            let unread = Set(names.filter { !hasContent($0) }.map(\.path))
            shared.sights.note(Sight(scan: scan, unread: unread), of: sources[index].name)
            sights[index] = nil
        }
    }

    /// What was told to be unread may be so no more: only a scan tells otherwise.
    mutating func expectSight(in index: Int, by now: Duration) {
        guard sights[index] == nil, shared.sights.isAwaited(sources[index].name) else { return }
        looks[index].expectScan(by: now)
    }

    /// Whether a content of it is in force, or will be after the next pass.
    private func hasContent(_ name: ExportName) -> Bool {
        guard let change = pending[name] ?? applying[name] else { return stored?[name]?.inForce ?? false }
        return change.bringsContent
    }

    /// Lets go of what has been seen to be read elsewhere or gone, and of what the operator has let go of.
    mutating func letGoOfInherited() async throws {
        let named = inherited.isEmpty ? [] : Set(try await store.exportsLetGo())
        for (heir, exports) in inherited {
            let rest = exports.filter { !named.contains($0.name) }
            let staying = shared.sights.take(of: heir)?.leaves(rest) ?? rest
            guard staying.count < exports.count else { continue }
            let names = Set(staying.map(\.name))
            for export in exports where !names.contains(export.name) { letGo(of: export) }
            inherited[heir] = staying.isEmpty ? nil : staying
        }
        if !inherited.isEmpty || hasFormer { shared.sights.wait(for: Set(inherited.keys)) }
    }

    /// Forgets the directories of sources of which nothing is left.
    mutating func forgetFormer() async throws {
        guard hasFormer, inherited.isEmpty, gone.isEmpty else { return }
        hasFormer = try await !store.noteWatched(directories).isEmpty
    }

    private mutating func letGo(of export: StoredExport) {
        keep([ExportChange(export.name, .removed, isGuarded: false)])
    }
}
