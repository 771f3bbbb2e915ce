import Logging
import ReservationStore

/// Sources that are no longer configured.
extension Synchronizer {
    /// Lets the store know what is watched; answers whether it has exports of sources that are not.
    func noteWatched() async throws -> Bool {
        let (store, directories) = (store, directories)
        let succession = try await shared.turns.passes.run { try await store.noteWatched(directories) }
        tell(succession)
        return succession.hasLeft
    }

    private func tell(_ succession: Succession) {
        for (former, exports) in succession.adopted.sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "what a source had that is no longer configured belongs to those in its directory now",
                metadata: ["source": "\(former)", "exports": "\(exports)"])
        }
    }

    /// Lets what nobody watches any more go; the guard asks whether that is meant.
    mutating func letGo(of exports: [StoredExport]) {
        for (source, exports) in Dictionary(grouping: exports, by: \.name.source).sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "exports of a source that is no longer configured go",
                metadata: ["source": "\(source)", "exports": "\(exports.count)"])
            keep(exports.map { ExportChange($0.name, .removed) })
        }
    }

    /// Forgets the directories of sources of which nothing is left after a pass that changed `exports`.
    mutating func forgetFormer(after exports: Set<ExportName>) async throws {
        guard hasFormer, exports.contains(where: { directories[$0.source] == nil }) else { return }
        hasFormer = try await noteWatched()
    }
}
