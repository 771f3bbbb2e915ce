import Foundation
import Measuring

/// Our whole pass against libical's parse alone, on the same bytes.
struct PassComparison {
    let daemon: String

    private static let rounds = 3
    private static let rooms = 20
    private static let idlePosts = 1_500
    private static let drops = 11

    func run() throws {
        guard FileManager.default.isExecutableFile(atPath: daemon) else {
            throw ServingDaemon.Failure(description: "no \(daemon): swift build -c release --product bookwatch")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pass-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { discard(folder) }
        let files = try ExportFiles(in: folder)
        try compare("pass-100k", files, drop: files.large, exports: 1, peer: files.large)
        try compare("pass-10k-files", files, drop: files.small, exports: ExportFiles.smallFiles, peer: files.joined)
        try measurePosts(files)
        try measureDrops(files)
    }

    private func compare(_ name: String, _ files: ExportFiles, drop: URL, exports: Int, peer: URL) throws {
        var seconds: [Double] = []
        let costs = try Comparison([
            (
                "ours",
                {
                    let (cost, elapsed) = try pass(over: drop, exports: exports, files)
                    seconds.append(elapsed)
                    return cost
                }
            ), ("peer", { try Self.peer(peer) }),
        ]).medians(rounds: Self.rounds)
        guard let ours = costs["ours"], let peer = costs["peer"] else { return }
        let elapsed = String(format: "%.2f", seconds.sorted()[seconds.count / 2])
        note("\(name): \(ours); served \(elapsed) s after the rename, settling included; libical \(peer)")
        Figure(name, ours: ours, peer: peer).printLine()
    }

    /// The processor time of the daemon from the rename of `drop` until all of it is served.
    private func pass(over drop: URL, exports: Int, _ files: ExportFiles) throws -> (Cost, seconds: Double) {
        try withDaemon(files) { daemon, watched in
            let copy = files.folder.appending(path: "copy")
            try FileManager.default.copyItem(at: drop, to: copy)
            let (before, begin) = (try daemon.cpuSeconds(), ContinuousClock.now)
            try FileManager.default.moveItem(at: copy, to: watched.appending(path: drop.lastPathComponent))
            try daemon.waitForExports(exports)
            let cost = Cost(cpuSeconds: try daemon.cpuSeconds() - before, peakBytes: try daemon.peakBytes())
            return (cost, (ContinuousClock.now - begin) / .seconds(1))
        }
    }

    /// libical's parse alone: it tells its own processor time, without the reading of the file.
    private static func peer(_ file: URL) throws -> Cost {
        let child = try ChildProcess(beside: "libical-peer", ["parse", file.path])
        let words = child.output.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard let cpu = words.first(where: { $0.hasPrefix("cpu=") }).flatMap({ Double($0.dropFirst(4)) }) else {
            throw ChildProcess.Failure(description: "libical-peer printed \(child.output)")
        }
        return Cost(cpuSeconds: cpu, peakBytes: child.cost.peakBytes)
    }

    /// How long a POST that opens a room waits: without anything else to do, beside the large import, while all of that
    /// goes from its export and is held, and while it comes back.
    private func measurePosts(_ files: ExportFiles) throws {
        try withDaemon(files) { daemon, watched in
            let export = watched.appending(path: "large.ics")
            let idle = try (0..<Self.idlePosts).map { try Self.open($0, daemon) }
            let beside = try Self.posts(to: daemon, whileReading: files.large, as: export)
            note(
                "POST: p99 \(Self.milliseconds(Self.percentile(99, idle))) when idle,"
                    + " \(Self.milliseconds(Self.percentile(99, beside))) during the import of pass-100k, "
                    + String(format: "%.1f times", Self.percentile(99, beside) / Self.percentile(99, idle)))
            let other = files.folder.appending(path: "other.ics")
            try ExportFiles.writeBookedRooms(1, named: "other", to: other)
            let held = try Self.posts(to: daemon, whileReading: other, as: export)
            let returned = try Self.posts(to: daemon, whileReading: files.large, as: export)
            for (what, waits) in [("idle", idle), ("import", beside), ("held", held), ("returned", returned)] {
                note(
                    "POST, \(what): \(waits.count), median \(Self.milliseconds(Self.percentile(50, waits))),"
                        + " p99 \(Self.milliseconds(Self.percentile(99, waits))),"
                        + " worst \(Self.milliseconds(Self.percentile(100, waits)))")
            }
        }
    }

    /// What each POST takes until the daemon has decided about `content`.
    private static func posts(
        to daemon: ServingDaemon, whileReading content: URL, as export: URL
    ) throws -> [Double] {
        let draft = export.deletingLastPathComponent().appending(path: ".draft")
        try FileManager.default.copyItem(at: content, to: draft)
        guard unsafe rename(draft.path, export.path) == 0 else {
            throw ServingDaemon.Failure(description: "cannot rename: errno \(errno)")
        }
        var waits: [Double] = []
        let deadline = Deadline("deciding about \(content.lastPathComponent)")
        while try !daemon.hasTold("decided") {
            try deadline.check()
            waits.append(try open(waits.count, daemon))
        }
        return waits
    }

    /// Opens a room and closes it again; answers how long the opening took.
    private static func open(_ number: Int, _ daemon: ServingDaemon) throws -> Double {
        let opened = try Question.post("booked\(number % rooms)", port: daemon.port)
        guard opened.status == 200, let id = opened.id else {
            throw ServingDaemon.Failure(description: "a POST was answered \(opened.status) \(opened.body)")
        }
        _ = try Question("DELETE", "/conference/\(id)", port: daemon.port)
        return opened.seconds
    }

    /// How long after its rename a small file is served.
    private func measureDrops(_ files: ExportFiles) throws {
        try withDaemon(files) { daemon, watched in
            let waits = try (0..<Self.drops).map { number in
                let room = "dropped\(number)"
                let draft = watched.appending(path: ".\(room).tmp")
                try ExportFiles.writeBookedRooms(1, named: room, to: draft)
                let begin = ContinuousClock.now
                try FileManager.default.moveItem(at: draft, to: watched.appending(path: "\(room).ics"))
                let deadline = Deadline("serving \(room)")
                while try Question.post("\(room)0", port: daemon.port).status != 200 {
                    try deadline.check()
                    usleep(2_000)
                }
                return (ContinuousClock.now - begin) / .seconds(1)
            }
            note(
                "a dropped file is served \(Self.milliseconds(Self.percentile(50, waits))) after its rename (median of"
                    + " \(waits.count); most \(Self.milliseconds(Self.percentile(100, waits))))")
        }
    }

    private func withDaemon<Result>(
        _ files: ExportFiles, _ body: (ServingDaemon, URL) throws -> Result
    ) throws -> Result {
        let own = files.folder.appending(path: "run")
        let watched = own.appending(path: "exports")
        try FileManager.default.createDirectory(at: watched, withIntermediateDirectories: true)
        defer { discard(own) }
        try ExportFiles.writeBookedRooms(Self.rooms, named: "booked", to: watched.appending(path: "booked.ics"))
        let daemon = try ServingDaemon(self.daemon, exports: watched, state: own.appending(path: "state"))
        defer { daemon.end() }
        return try body(daemon, watched)
    }

    private static func percentile(_ percent: Int, _ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[min(values.count - 1, values.count * percent / 100)]
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1_000) }

    private func discard(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            note("cannot remove \(folder.path): \(error)")
        }
    }
}
