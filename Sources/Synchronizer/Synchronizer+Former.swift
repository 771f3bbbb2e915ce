import Logging
import ReservationStore

/// Sources that are no longer configured.
extension Synchronizer {
    /// Lets the store know what is watched.
    ///
    /// - Returns: exports of sources that are not, since another one has the same file.
    func noteWatched() async throws -> Set<ExportName> {
        let (store, directories) = (store, directories)
        let succession = try await shared.turns.passes.run { try await store.noteWatched(directories) }
        tell(succession)
        return succession.superseded
    }

    private func tell(_ succession: Succession) {
        for (former, exports) in succession.adopted.sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "what a source had that is no longer configured belongs to those in its directory now",
                metadata: ["source": "\(former)", "exports": "\(exports)"])
        }
    }

    /// Lets what nobody watches any more go; the guard asks whether that is meant, but of what is `superseded`.
    mutating func letGo(of exports: [StoredExport], _ superseded: Set<ExportName>) {
        for (source, exports) in Dictionary(grouping: exports, by: \.name.source).sorted(by: { $0.key < $1.key }) {
            logger.notice(
                "exports of a source that is no longer configured go",
                metadata: ["source": "\(source)", "exports": "\(exports.count)"])
            keep(exports.map { ExportChange($0.name, .removed, isGuarded: !superseded.contains($0.name)) })
        }
    }

    /// Forgets the directories of sources of which nothing is left after a pass that changed `exports`.
    func forgetFormer(after exports: Set<ExportName>) async throws {
        if exports.contains(where: { directories[$0.source] == nil }) {
            try await store.forgetFormer(except: directories)
        }
    }
}
