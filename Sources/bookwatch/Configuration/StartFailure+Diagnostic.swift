import ArgumentParser
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
        case .olderSchema, .cannotCopy, .damaged, .inUse: nil
        }
    }

    /// With its code, where it has one.
    var text: String { badConfiguration?.description ?? description }
}

/// Why the daemon could not start, as it is told, and how the program ends then.
struct StartFailure {
    let text: String
    let code: ExitCode

    /// `nil` for what is no matter of starting.
    init?(_ error: any Error) {
        switch error {
        case let error as StoreError:
            text = error.text
            if case .inUse = error { code = .tryAgain } else { code = .badConfiguration }
        case let error as CannotListen:
            text = Output.shown(error.diagnostic)
            code = .badConfiguration
        default: return nil
        }
    }
}

extension CannotListen {
    var diagnostic: Diagnostic {
        Diagnostic(
            .badValue, "\(self)",
            hint: "Name with --listen or listen.port an address of this machine that is free.")
    }
}
