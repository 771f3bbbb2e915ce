/// Two minutes for what is waited for by asking again and again.
struct Deadline {
    private let awaited: String
    private let end = ContinuousClock.now + .seconds(120)

    init(_ awaited: String) { self.awaited = awaited }

    /// - Throws: `ServingDaemon.Failure` once the time is up.
    func check() throws {
        guard ContinuousClock.now < end else {
            throw ServingDaemon.Failure(description: "two minutes were not enough for \(awaited)")
        }
    }
}
