import Foundation
import ReservationStore
import Reservations

/// Two names that are one to Unicode, as with `é` in one piece or in two, are two to the disk and to the store. Of such
/// files one is an export, by the spelling that the store has.
extension Synchronizer {
    func storedSpelling(of name: ExportName) -> ExportName? { stored?[name]?.name }

    func spelledAsStored(_ change: ExportChange) -> ExportChange {
        guard let known = storedSpelling(of: change.export) else { return change }
        var change = change
        change.export = known
        return change
    }

    /// An export that the store has under two spellings, as earlier versions could write it, keeps one.
    func removeOtherSpellings(among exports: [StoredExport], at today: Date) async throws {
        let others = exports.map(\.name).filter { name in
            stored?[name].map { !$0.name.path.utf8.elementsEqual(name.path.utf8) } ?? false
        }
        guard !others.isEmpty else { return }
        let changes = others.map { ExportChange($0, .removed, isGuarded: false) }
        try await shared.turns.passes.run {
            _ = try await store.apply(changes, policy: policy, admission: admission, at: today, isPart: true)
        }
    }
}
