import Glibc

/// Lets other threads have the processor now and then while a pass computes.
///
/// A thread that was woken may wait behind one that computes until the kernel's next tick, some 4 ms, even where
/// another processor is free; and an answer takes several such threads, one after the other.
struct ProcessorSharing {
    typealias Instant = ContinuousClock.Instant

    private var steps = 0
    private var next: Instant?

    /// Between two looks at the clock: of some microseconds each.
    private static let stepsBetweenLooks = 4
    private static let interval = Duration.microseconds(50)
    /// So many times as long as others have had the processor it is kept afterwards: where all processors are busy,
    /// each pause may be as long as the kernel lets a thread run.
    private static let keeping = 3

    /// To be called after each small step of what takes long.
    /// - Parameters:
    ///   - weight: it took as long as so many.
    ///   - pause: lets the others run.
    mutating func step(
        _ weight: Int = 1, now: () -> Instant = { .now }, pause: () -> Void = { _ = sched_yield() }
    ) {
        steps += weight
        guard steps >= Self.stepsBetweenLooks else { return }
        steps = 0
        let begin = now()
        if let next, begin < next { return }
        pause()
        let end = now()
        next = end + max(Self.interval, (end - begin) * Self.keeping)
    }
}
