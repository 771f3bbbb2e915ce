package import Logging
package import ReservationStore
import ServiceLifecycle

/// After an end that was not clean, looks whether the store has suffered, beside everything else.
package struct StoreCheckService: Service {
    let store: ReservationStore
    let logger: Logger

    package init(store: ReservationStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func run() async {
        if store.wasLeftOpen { await check() }
        do {
            try await gracefulShutdown()
        } catch {
            // Cancelled instead: the same.
        }
    }

    private func check() async {
        logger.notice("the last end was not clean: checking the store")
        do {
            let findings = try await store.check()
            guard !findings.isEmpty else {
                logger.info("the store is whole")
                return
            }
            logger.critical(
                "the store is damaged; nothing is answered until a backup is restored",
                metadata: ["findings": "\(findings.joined(separator: "; "))"])
        } catch {
            logger.error("the store could not be checked", metadata: ["error": "\(error)"])
        }
    }
}
