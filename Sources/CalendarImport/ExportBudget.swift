/// What an export may make: work for the processor, and reservations (design: ingest, "Limits").
struct ExportBudget {
    /// In all of their rooms.
    let reservations: Int
    private let clock: ProcessorClock
    /// Of what is used.
    private let end: Duration
    /// Before so much has passed it cannot be spent, whoever has used the processor.
    private var isLeftUntil: Duration

    /// Begins now.
    init(bytes: Int, limits: ImportLimits, clock: ProcessorClock) {
        let mebibytes = Double(bytes) / Double(1 << 20)
        let allowed = limits.cpu + limits.cpuPerMebibyte * mebibytes
        reservations = limits.reservations + Int(Double(limits.reservationsPerMebibyte) * mebibytes)
        self.clock = clock
        end = clock.used() + allowed
        isLeftUntil = clock.passed() + allowed
    }

    /// Whether the processor's part is spent. To be asked before each step: what is used is mostly not even asked for.
    mutating func isSpent() -> Bool {
        let passed = clock.passed()
        guard passed >= isLeftUntil else { return false }
        let left = end - clock.used()
        isLeftUntil = passed + left
        return left < .zero
    }
}
