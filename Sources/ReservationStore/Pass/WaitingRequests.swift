import Synchronization

/// Whether requests wait for the writer: a pass lets them go first.
final class WaitingRequests: Sendable {
    private let count = Atomic(0)

    var areThere: Bool { count.load(ordering: .relaxed) > 0 }

    /// `body` waits until it has what it waits for.
    func wait<Result>(for body: () async throws -> Result) async rethrows -> Result {
        count.add(1, ordering: .relaxed)
        defer { count.subtract(1, ordering: .relaxed) }
        return try await body()
    }
}
