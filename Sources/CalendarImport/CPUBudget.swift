/// How much of the processor an export may use for its rules (design: ingest, "Limits").
struct CPUBudget {
    private let clock: ProcessorClock
    /// Of what is used.
    private let end: Duration
    /// Before so much has passed it cannot be spent, whoever has used the processor.
    private var isLeftUntil: Duration

    /// Begins now.
    init(bytes: Int, limits: ImportLimits, clock: ProcessorClock) {
        let allowed = limits.cpu + limits.cpuPerMebibyte * (Double(bytes) / Double(1 << 20))
        self.clock = clock
        end = clock.used() + allowed
        isLeftUntil = clock.passed() + allowed
    }

    /// Whether it is spent. To be asked before each step: what is used is mostly not even asked for.
    mutating func isSpent() -> Bool {
        let passed = clock.passed()
        guard passed >= isLeftUntil else { return false }
        let left = end - clock.used()
        isLeftUntil = passed + left
        return left < .zero
    }
}
