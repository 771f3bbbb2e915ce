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
        for export in exports {
            let heir = former[export.name.source].flatMap { directory in
                directories.filter { $0.value == directory }.keys.min()
            }
            if let heir { inherited[heir, default: []].append(export) } else { letGo(of: export) }
        }
        shared.awaitSight(of: Set(inherited.keys))
        for heir in inherited.keys.sorted() {
            logger.notice(
                "exports that a directory had under another name stay until it has been seen",
                metadata: ["source": "\(heir)", "exports": "\(inherited[heir]?.count ?? 0)"])
        }
    }

    /// Tells what has been found of sources that are waited for, and read.
    mutating func tellSights() {
        for (index, scan) in sights where looks[index].isSettled && !looks[index].hasQueue {
            shared.noteSight(of: sources[index].name, scan)
            sights[index] = nil
        }
    }

    mutating func letGoOfInherited() {
        for (heir, exports) in inherited {
            guard let scan = shared.takeSight(of: heir) else { continue }
            let away = ExportDisks(exports, seenBy: scan).away
            let refused = Set(scan.refusals.map(\.path))
            let staying = exports.filter { export in
                let path = export.name.path
                return scan.hides(path) || away.contains(path) || refused.contains(path)
            }
            guard staying.count < exports.count else { continue }
            let names = Set(staying.map(\.name))
            for export in exports where !names.contains(export.name) { letGo(of: export) }
            inherited[heir] = staying.isEmpty ? nil : staying
        }
        if !inherited.isEmpty || hasFormer { shared.awaitSight(of: Set(inherited.keys)) }
    }

    private mutating func letGo(of export: StoredExport) {
        keep([ExportChange(export.name, .removed, isGuarded: false)])
    }
}
