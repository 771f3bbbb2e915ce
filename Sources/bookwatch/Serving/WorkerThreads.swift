import Foundation
import Synchronization

/// Threads for work that takes long without a pause, as to read a large export or to write its report, or that may
/// have to wait for a disk.
///
/// All other tasks share as many threads as there are processors: work of that kind would take these away from whoever
/// answers requests, for seconds where there are two.
final class WorkerThreads: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrived = DispatchSemaphore(value: 0)

    /// The threads of this process, which end with it.
    static let shared = WorkerThreads(count: 6)

    private static let bySource = Mutex<[String: WorkerThreads]>([:])

    /// Those for a source whose server may let them wait for hours; the same ones after a reload.
    static func of(source: String) -> WorkerThreads {
        bySource.withLock { threads in
            if let known = threads[source] { return known }
            let new = WorkerThreads(count: 2, named: "source")
            threads[source] = new
            return new
        }
    }

    /// - Parameters:
    ///   - count: how many jobs run side by side.
    ///   - name: that of each, before its number.
    init(count: Int, named name: String = "worker") {
        for number in 1...count {
            let isStarted = DispatchSemaphore(value: 0)
            let thread = Thread { [self] in
                // Foundation names a thread that it knows to run, and only from there.
                isStarted.wait()
                Thread.current.name = "\(name)-\(number)"
                while true { runNext() }
            }
            thread.start()
            isStarted.signal()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrived.signal()
    }

    private func runNext() {
        arrived.wait()
        guard let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
