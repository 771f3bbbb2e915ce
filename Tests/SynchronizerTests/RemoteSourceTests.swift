import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import ICalendar
import Logging
import Reservations
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("A directory on another machine that does not answer", .timeLimit(.minutes(1)))
struct RemoteSourceTests {
    private let near: TemporaryDirectory
    private let far: TemporaryDirectory
    private let store: ReservationStore
    private let logged = LoggedLines()
    private let server = Server()

    init() throws {
        near = try TemporaryDirectory()
        far = try TemporaryDirectory()
        store = try ReservationStore.inMemory()
        try near.write(export(("near", 10)), to: "a.ics")
        try far.write(export(("far", 12)), to: "b.ics")
    }

    @Test("Others are served meanwhile, and the service ends without it")
    func others() async throws {
        defer { server.answer() }
        let news = store.reportNews.listen()
        let service = try service(clock: ContinuousClock())
        let serving = Task { await service.run() }
        for await _ in news where try await granted() == ["near"] { break }
        serving.cancel()
        await serving.value
        #expect(logged.with("info read an export").count == 1)
    }

    @Test(
        "A new store answers nobody before both are in a pass, but for one that does not answer by then",
        arguments: [true, false])
    func start(isAnswering: Bool) async throws {
        let service = try service(clock: ContinuousClock())
        let shared = SharedWork(attempts: .none, groups: 2)
        var groups = service.sources.enumerated().map { number, source in
            Synchronizer(
                service, [source], group: number, sharing: shared, fileSystem: { _ in number == 0 ? .local : .network })
        }
        for time in stride(from: 0.0, through: 16, by: 0.5) {
            if isAnswering, time > 10 { break }
            #expect(try await store.isReady() == (time > 15), "\(time)")
            for index in groups.indices where index == 0 || isAnswering {
                _ = await groups[index].step([], today: noon) { .seconds(time) }
            }
        }
        #expect(try await store.isReady())
        #expect(try await granted() == (isAnswering ? ["far", "near"] : ["near"]))
        #expect(logged.with("first pass done").count == 1)
    }

    @Test("A new store waits for others as long as they go on, and for no silent one")
    func goingOn() {
        let shared = SharedWork(attempts: .none, groups: 2)
        #expect(shared.isWaiting(forOthersThan: 0, at: .seconds(14)))
        #expect(!shared.isWaiting(forOthersThan: 0, at: .seconds(15)))
        #expect(shared.isWaiting(forOthersThan: 1, at: .seconds(1_000)), "a large import of local files")
        shared.noteStep(of: 1, at: .seconds(20))
        #expect(shared.isWaiting(forOthersThan: 0, at: .seconds(34)))
        shared.noteStarted(1)
        shared.noteStep(of: 1, at: .seconds(34))
        #expect(!shared.isWaiting(forOthersThan: 0, at: .seconds(34)))
    }

    @Test("Passes come one after the other, and after one that fails too")
    func turns() async {
        let turns = PassTurns()
        let running = Running()
        await withDiscardingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        try await turns.run {
                            running.begin()
                            for _ in 0..<10 { await Task.yield() }
                            running.end()
                            if number.isMultiple(of: 3) { throw CancellationError() }
                        }
                    } catch {
                        // As it was told to.
                    }
                }
            }
        }
        #expect(running.counts == [0, 1, 20])
    }

    @Test("A look that does not come to its end within a minute is told of, once")
    func told() async throws {
        let clock = ManualClock()
        let source = try service(clock: clock).sources[1]
        try await store.noteWatched([source.name: source.root.path])
        let remote = RemoteWork(of: source, on: nil, clock: clock) { _ in }
        let watching = Task { [store, log] in await remote.watch(store, log) }
        await clock.waitForSleeper()
        for (pause, lines) in [(60, 0), (10, 1), (300, 1)] {
            clock.advance(by: .seconds(pause))
            await clock.waitForSleeper()
            #expect(logged.with("warning a source does not answer SRC001").count == lines)
        }
        #expect(
            try await store.watchedDirectories().flatMap(\.faults).map(\.message)
                == ["has not answered for 60 seconds; what it has booked stays"])
        watching.cancel()
        await watching.value
    }

    @Test("After a look that has come to its end the next one may be told of")
    func again() {
        var patience = LookPatience()
        let lengths: [Duration?] = [nil, .seconds(60), .seconds(61), .seconds(200), .seconds(3), .seconds(90), nil]
        #expect(lengths.map { patience.isOver(after: $0) } == [false, false, true, false, false, true, false])
    }

    private var log: Logger { Logger(label: "test") { [logged] _ in CollectingLog(lines: logged) } }

    private func service<Time: Clock>(clock: Time) throws -> SynchronizerService<Time>
    where Time.Duration == Duration {
        let zone = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
        let sources = [("near", near), ("far", far)].map { name, directory in
            WatchedSource(
                name: name, root: WatchedRoot(directory.path),
                rules: SourceRules(source: name, rooms: RoomResolver(catalogue: RoomCatalogue()), zone: zone))
        }
        let (path, server) = (far.path, server)
        return SynchronizerService(
            sources: sources, store: store, policy: ConflictPolicy(), admission: AdmissionPolicy(),
            horizon: .seconds(400 * 86_400), clock: clock, now: { noon }, logger: log,
            threads: { _ in ThreadForEachJob() }, fileSystem: { $0 == path ? server.kind() : .local })
    }

    private func granted() async throws -> [String] {
        try await store.reservations(of: try #require(RoomName("blue")), touching: .distantPast ..< .distantFuture)
            .filter { $0.decision.verdict == .granted }.map(\.reservation.id.uid).sorted()
    }
}

/// Tells once what it is, and then nothing more until it is let.
private final class Server: Sendable {
    private let isAsked = Mutex(false)
    private let answering = DispatchSemaphore(value: 0)

    func kind() -> FileSystemKind {
        let isAsked = isAsked.withLock { asked in
            defer { asked = true }
            return asked
        }
        if isAsked {
            answering.wait()
            answering.signal()
        }
        return .network
    }

    func answer() { answering.signal() }
}

private final class ThreadForEachJob: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// How many run now, ran at most, and have run.
private final class Running: Sendable {
    private let state = Mutex([0, 0, 0])

    var counts: [Int] { state.withLock(\.self) }

    func begin() { state.withLock { $0 = [$0[0] + 1, max($0[1], $0[0] + 1), $0[2]] } }

    func end() { state.withLock { $0 = [$0[0] - 1, $0[1], $0[2] + 1] } }
}
