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
    mutating func letGo(of exports: [ExportName], _ former: [String: String]) {
        inherited = [:]
        for export in exports {
            let heir = former[export.source].flatMap { directory in
                directories.filter { $0.value == directory }.keys.min()
            }
            if let heir { inherited[heir, default: []].append(export) } else { letGo(of: export) }
        }
        for heir in inherited.keys.sorted() where shared.gaps(of: heir) == nil {
            logger.notice(
                "exports that a directory had under another name stay until it has been seen",
                metadata: ["source": "\(heir)", "exports": "\(inherited[heir]?.count ?? 0)"])
        }
    }

    mutating func letGoOfInherited() {
        for (heir, exports) in inherited {
            guard let gaps = shared.gaps(of: heir) else { continue }
            let hidden = exports.filter { gaps.hide($0.path) }
            inherited[heir] = hidden.isEmpty ? nil : hidden
            if hidden.count < exports.count {
                for export in exports where !gaps.hide(export.path) { letGo(of: export) }
            }
        }
    }

    private mutating func letGo(of export: ExportName) {
        keep([ExportChange(export, .removed, isGuarded: false)])
    }
}
