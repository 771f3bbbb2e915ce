import ArgumentParser
import Foundation
import Logging
import Synchronizer

extension StopDeadline {
    /// That of this process. Who asked it to stop is answered 0, whether or not it had to leave something behind: what
    /// was acknowledged is committed, and any other code is a failure to systemd, which may start again after one.
    static func ofProcess(_ attempts: Attempts, logger: Logger) -> StopDeadline {
        // Such a queue has threads of its own, and the last words may keep one.
        let queue = DispatchQueue(label: "deadline", attributes: .concurrent)
        return StopDeadline(
            later: { queue.asyncAfter(deadline: .now() + .milliseconds(Int($0 / .milliseconds(1))), execute: $1) },
            lastWords: { left in
                // Closing the store is what comes after the services.
                let services = left.services.isEmpty ? "store" : left.services.joined(separator: ",")
                logger.warning("what does not end is left behind", metadata: ["services": "\(services)"])
                if let failure = left.failure { Output.error(StartFailure(failure)?.text ?? "\(failure)") }
                do {
                    try attempts.takeBackUnfinished()
                } catch {
                    logger.warning("attempts at contents are not taken back", metadata: ["error": "\(error)"])
                }
            },
            // At once: nothing is tidied up that others still use.
            exit: { left in
                let code = left.failure.map { StartFailure($0)?.code ?? .failure } ?? .success
                _exit(code.rawValue)
            })
    }
}

/// Hears of SIGTERM and SIGINT beside the services, on a thread that no task can keep waiting.
struct StopSignals {
    private let sources: [any DispatchSourceSignal]

    init(_ body: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "stop signals")
        sources = [SIGTERM, SIGINT].map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            source.setEventHandler(handler: body)
            source.activate()
            return source
        }
    }
}
