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

    @Test("Two of which nothing is new but that something is gone do not wait for each other")
    func gone() async throws {
        let service = try service(clock: ContinuousClock())
        for isGone in [false, true] {
            let shared = SharedWork(attempts: .none, groups: 2)
            var groups = service.sources.enumerated().map { number, source in
                Synchronizer(
                    service, [source], group: number, sharing: shared,
                    fileSystem: { _ in number == 0 ? .local : .network })
            }
            if isGone {
                for (directory, name) in [(near, "a.ics"), (far, "b.ics")] {
                    try FileManager.default.removeItem(at: directory.url.appending(path: name))
                }
                for (index, name) in ["a.ics", "b.ics"].enumerated() {
                    groups[index].keep([
                        ExportChange(ExportName(source: service.sources[index].name, path: name), .removed)
                    ])
                }
            }
            for time in 0..<14 {
                for index in groups.indices { _ = await groups[index].step([], today: noon) { .seconds(time) } }
            }
            #expect(try await granted() == (isGone ? [] : ["far", "near"]))
        }
    }

    @Test("A file of one has to stand still for ten seconds, and is found without a word from the kernel")
    func settling() async throws {
        let service = try service(clock: ManualClock())
        let shared = SharedWork(attempts: .none, groups: 2)
        var remote = Synchronizer(
            service, [service.sources[1]], group: 1, sharing: shared, fileSystem: { _ in .network })
        shared.start.noteDone(0)
        for time in stride(from: 0.0, through: 60, by: 0.5) {
            if time == 30 { try far.write(export(("later", 14)), to: "c.ics") }
            _ = await remote.step([], today: noon) { .seconds(time) }
            let expected: [String]? =
                switch time {
                case ..<10: []
                case 11..<40: ["far"]
                case 54...: ["far", "later"]
                default: nil
                }
            if let expected { #expect(try await granted() == expected, "\(time)") }
        }
    }

    @Test(
        "One that lies on another kind of file system than before is left to others, and not looked at",
        arguments: [
            (0, FileSystemKind.local, FileSystemKind.network), (0, .local, .unknown), (0, .local, .undetermined),
            (1, .network, .local), (1, .unknown, .network), (1, .undetermined, .local), (1, .network, .undetermined),
        ])
    func mounted(group: Int, before: FileSystemKind, after: FileSystemKind) async throws {
        let service = try service(clock: ManualClock())
        let shared = SharedWork(attempts: .none, groups: 2)
        let kind = Mutex(before)
        var synchronizer = Synchronizer(
            service, [service.sources[group]], group: group, sharing: shared, fileSystem: { _ in kind.withLock(\.self) }
        )
        let directory = [near, far][group]
        for time in stride(from: 0.0, through: 40, by: 1) {
            _ = await synchronizer.step([], today: noon) { .seconds(time) }
        }
        #expect(shared.moves.isEmpty)
        kind.withLock { $0 = after }
        try directory.write(export(("later", 14)), to: "c.ics")
        let lost = DirectoryChange.everything(root: directory.path, cause: .rootLost)
        for time in 41..<60 {
            _ = await synchronizer.step(time == 41 ? [lost] : [], today: noon) { .seconds(time) }
        }
        let isOther = after != .undetermined && before.givesEvents != after.givesEvents
        #expect(shared.moves.kinds == (isOther ? [directory.path: after] : [:]))
        #expect(logged.with("read an export").count == (isOther ? 1 : 2))
    }

    @Test("What is heard of one that lies elsewhere now is not looked at")
    func heard() async throws {
        let service = try service(clock: ManualClock())
        let shared = SharedWork(attempts: .none, groups: 2)
        let kind = Mutex(FileSystemKind.local)
        var local = Synchronizer(
            service, [service.sources[0]], sharing: shared, fileSystem: { _ in kind.withLock(\.self) })
        let watched = DirectoryChange.everything(root: near.path, cause: .watched)
        for time in 0..<10 { _ = await local.step(time == 0 ? [watched] : [], today: noon) { .seconds(time) } }
        kind.withLock { $0 = .network }
        try near.write(export(("later", 14)), to: "c.ics")
        let written = DirectoryChange.file(root: near.path, path: "c.ics", arrival: .renamed)
        for time in 10..<20 { _ = await local.step(time == 10 ? [written] : [], today: noon) { .seconds(time) } }
        #expect(shared.moves.kinds == [near.path: .network])
        #expect(logged.with("read an export").count == 1)
    }

    @Test("What has been found out about a root is not asked for again, however late the answer was")
    func known() async throws {
        let service = try service(clock: ManualClock())
        let asked = Mutex<[String]>([])
        let known = [near.path: FileSystemKind.network]
        let groups = await SourceGroups(of: service.sources, known: known, clock: service.clock) { root in
            asked.withLock { $0.append(root) }
            return .local
        }
        #expect(groups.local.map(\.name) == ["far"])
        #expect(groups.remote.map(\.name) == ["near"])
        #expect(asked.withLock(\.self) == [far.path])
    }

    @Test("To wait for a thread and to look at the directory is to wait for it, and to wait for the store is not")
    func looking() async throws {
        let service = try service(clock: ManualClock())
        let look = LookWatch(wakes: Wakes())
        let scanning = Mutex<[Duration?]>([])
        var remote = Synchronizer(
            service, [service.sources[1]], group: 1, sharing: SharedWork(attempts: .none, groups: 2), watchedBy: look,
            fileSystem: { _ in
                scanning.withLock { $0.append(look.length(at: .seconds(100))) }
                return .network
            })
        for time in [0, 90] {
            var lengths: [Duration?] = []
            _ = await remote.step([], today: noon) {
                lengths.append(look.length(at: .seconds(100)))
                return .seconds(time)
            }
            #expect(lengths.first == (time == 0 ? .seconds(100) : .some(nil)))
            #expect(lengths.last == .some(nil))
        }
        #expect(scanning.withLock(\.self) == [.seconds(100), .seconds(10)])
    }

    @Test("Who cannot look since the store does not answer does not wait for the directory")
    func store() async throws {
        let service = try service(clock: ManualClock())
        let look = LookWatch(wakes: Wakes())
        var remote = Synchronizer(
            service, [service.sources[1]], group: 1, sharing: SharedWork(attempts: .none, groups: 2), watchedBy: look,
            fileSystem: { _ in .network })
        try await store.hideWatched(true)
        #expect(look.length(at: .seconds(100)) != nil)
        _ = await remote.step([], today: noon) { .zero }
        #expect(look.length(at: .seconds(100)) == nil)
    }

    @Test("What was being read when the service ended is not read while another suspect is at work")
    func suspect() async throws {
        let files = try TemporaryDirectory()
        let content = try attempt(at: export(("far", 12)))
        // What is not in memory would let all others wait for the server.
        let large = "<bookings xmlns='urn:bookwatch:bookings:1'/>" + String(repeating: " ", count: 2 << 20)
        let largeContent = try attempt(at: large)
        try Attempts(besideStore: "\(files.path)/store").reading.begin([content, largeContent])
        let attempts = try Attempts(besideStore: "\(files.path)/store")
        let service = try service(clock: ManualClock())
        let shared = SharedWork(attempts: attempts, groups: 2)
        shared.start.noteDone(0)
        try far.write(large, to: "a.xml")
        try await shared.turns.suspects.take()
        let isRead = Mutex(false)
        let (steps, begin) = AsyncStream<Int>.makeStream()
        let reading = Task {
            var remote = Synchronizer(
                service, [service.sources[1]], group: 1, sharing: shared, fileSystem: { _ in .network })
            for time in 0..<20 {
                begin.yield(time)
                _ = await remote.step([], today: noon) { .seconds(time) }
            }
            isRead.withLock { $0 = true }
        }
        // It has settled then, and whoever does not wait reads it while the store is asked so often.
        for await time in steps where time == 10 { break }
        for _ in 0..<300 where !isRead.withLock(\.self) { #expect(try await granted() == []) }
        #expect(attempts.reading.attempts(at: content) == 1)
        #expect(attempts.reading.attempts(at: largeContent) == 0)
        #expect(isRead.withLock { !$0 })
        await shared.turns.suspects.give()
        await reading.value
        #expect(try await granted() == ["far"])
    }

    @Test("A network that is mounted onto a directory of this machine gets threads of its own")
    func regrouped() async throws {
        let (asked, tell) = AsyncStream<String>.makeStream()
        let isFar = Mutex(false)
        let path = near.path
        try near.write("", to: "directory/README")
        let service = try service(
            clock: ContinuousClock(),
            threads: {
                tell.yield($0)
                return ThreadForEachJob()
            }, fileSystem: { $0 == path && isFar.withLock(\.self) ? .network : .local })
        let news = store.reportNews.listen()
        let serving = Task { await service.run() }
        for await _ in news where try await granted() == ["far", "near"] { break }
        isFar.withLock { $0 = true }
        try FileManager.default.removeItem(at: near.url.appending(path: "directory"))
        #expect(await asked.first { _ in true } == "near")
        try far.write(export(("later", 14)), to: "c.ics")
        for await _ in news where try await granted().contains("later") { break }
        #expect(try await granted() == ["far", "later", "near"])
        serving.cancel()
        await serving.value
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

    private func service<Time: Clock>(
        clock: Time,
        threads: @escaping @Sendable (String) -> any TaskExecutor = { _ in ThreadForEachJob() },
        fileSystem: (@Sendable (String) -> FileSystemKind)? = nil
    ) throws -> SynchronizerService<Time> where Time.Duration == Duration {
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
            threads: threads, fileSystem: fileSystem ?? { $0 == path ? server.kind() : .local })
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
