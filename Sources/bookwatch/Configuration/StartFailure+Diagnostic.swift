import ConferenceAPI
import Diagnostics
import ReservationStore

extension StoreError {
    /// CFG002 where the configuration names a store that cannot be used; `nil` where the store is to blame, or busy.
    var badConfiguration: Diagnostic? {
        switch self {
        case .newerSchema(let path, let unknown):
            Diagnostic(
                .badValue, file: path, "the store was written by a newer version (migration \(unknown))",
                hint: "Run that version, or restore a backup of this one's.")
        case .cannotOpen(let path, let reason):
            Diagnostic(
                .badValue, file: path, "the store cannot be opened: \(reason)",
                hint: "Name with --state a directory that this user can write to, or give it the right to.")
        case .notAStore(let path, let reason):
            Diagnostic(
                .badValue, file: path, "no store that can be used: \(reason)",
                hint: "Name another --state or store.path, or restore a backup.")
        case .olderSchema, .damaged, .inUse: nil
        }
    }

    /// With its code, where it has one.
    var text: String { badConfiguration?.description ?? description }
}

extension CannotListen {
    var diagnostic: Diagnostic {
        Diagnostic(
            .badValue, "\(self)",
            hint: "Name with --listen or listen.port an address of this machine that is free.")
    }
}
