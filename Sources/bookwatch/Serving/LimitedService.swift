import ServiceLifecycle

/// A service that is left behind at the deadline where it does not end before.
struct LimitedService: Service {
    /// As the log names it.
    let name: String
    let service: any Service
    let deadline: StopDeadline

    func run() async throws {
        deadline.noteStart(of: name)
        do {
            try await service.run()
        } catch {
            deadline.noteEnd(of: name, by: error)
            throw error
        }
        deadline.noteEnd(of: name, by: nil)
    }
}
