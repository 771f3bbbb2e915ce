import ReservationStore

extension Configuration {
    /// The source that has the directory of `source` now; `nil` where that is configured itself, or nobody has it.
    func heir(ofSource source: String, in store: ReservationStore) async throws -> String? {
        guard !sources.contains(where: { $0.name == source }) else { return nil }
        let former = try await store.sources().first { $0.name == source }
        return sources.filter { $0.directory == former?.directory }.map(\.name).min()
    }
}
