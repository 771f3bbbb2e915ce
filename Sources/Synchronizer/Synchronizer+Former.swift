import Logging
import ReservationStore

/// Sources that are no longer configured.
extension Synchronizer {
    func tell(_ succession: Succession) {
        for (former, exports) in succession.adopted.sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "what a source had that is no longer configured belongs to those in its directory now",
                metadata: ["source": "\(former)", "exports": "\(exports)"])
        }
    }

    /// Lets what nobody watches any more go.
    mutating func letGo(of exports: [StoredExport]) {
        for (source, exports) in Dictionary(grouping: exports, by: \.name.source).sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "exports of a source that is no longer configured go",
                metadata: ["source": "\(source)", "exports": "\(exports.count)"])
            keep(exports.map { ExportChange($0.name, .removed, isGuarded: false) })
        }
    }

    /// Forgets the directories of sources of which nothing is left.
    mutating func forgetFormer() async throws {
        guard hasFormer, gone.isEmpty else { return }
        hasFormer = try await store.noteWatched(directories).hasLeft
    }
}
