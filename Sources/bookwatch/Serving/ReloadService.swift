import Diagnostics
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the configuration anew on SIGHUP: all of it counts, or nothing.
struct ReloadService: Service {
    let live: LiveConfiguration
    let reread: @Sendable () async throws(BadConfiguration) -> PreparedConfiguration
    let logger: Logger

    func run() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { await reload() }
    }

    private func reload() async {
        do throws(BadConfiguration) {
            let next = try await reread()
            let waiting = next.keysWaitingForRestart(since: live.current)
            if !waiting.isEmpty {
                logger.warning(
                    "some changes count only after a restart",
                    metadata: ["keys": "\(waiting.joined(separator: ", "))"])
            }
            next.tellWarnings(to: logger)
            live.replace(with: next)
            logger.info("the configuration was read anew")
        } catch {
            for diagnostic in error.diagnostics {
                logger.error("the new configuration cannot be used", metadata: ["reason": "\(diagnostic.onOneLine)"])
            }
            logger.error("the old configuration stays in force")
        }
    }
}

extension PreparedConfiguration {
    func tellWarnings(to logger: Logger) {
        for warning in warnings {
            logger.warning("\(warning.message)", metadata: ["code": "\(warning.code.rawValue)"])
        }
    }
}
