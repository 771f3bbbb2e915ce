import Foundation
import Measuring

/// Ours against libical on one generated file.
struct CalendarComparison {
    private static let events = 100_000

    struct Disagreement: Error {
        let ours: String
        let peer: String
    }

    /// What two programs found in the same work; they have to agree.
    private struct Finding {
        var ours: Measurement?
        var peer: Measurement?

        func check() throws {
            guard let ours, let peer, ours.checksum != peer.checksum || ours.events != peer.events else { return }
            throw Disagreement(ours: ours.line, peer: peer.line)
        }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "icalendar-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { discard(folder) }
        let file = folder.appending(path: "rooms.ics").path
        try Self.generate(file, events: Self.events)
        let megabytes = try Double(File.bytes(file).count) / 1e6

        var findings: [Work: Finding] = [.parse: Finding(), .expand: Finding()]
        let ours = Work.allCases.map { work in
            (
                work.rawValue,
                {
                    let measurement = try Self.measure("icalendar-bench", work, file)
                    findings[work]?.ours = measurement
                    return measurement.cost
                }
            )
        }
        let peers = [Work.parse, .expand].map { work in
            (
                Self.peerName(work),
                {
                    let measurement = try Self.measure("libical-peer", work, file)
                    findings[work]?.peer = measurement
                    try findings[work]?.check()
                    return measurement.cost
                }
            )
        }
        // Ours take a third of a second, which is short enough to lie within what a neighbour of the machine does: each
        // of the peer's five seconds stands between two of them.
        let round = ours + peers.flatMap { [$0] + ours }
        let costs = try Measuring.Comparison(round).medians(rounds: 5)
        note("file: \(Int(megabytes)) MB")
        for name in Work.allCases.map(\.rawValue) + peers.map(\.0) {
            guard let cost = costs[name] else { continue }
            note("\(name): \(cost), \(Int(megabytes / cost.cpuSeconds)) MB/s")
        }
        for (work, peer) in [(Work.parse, Work.parse), (.events, .parse), (.expand, .expand)] {
            guard let ours = costs[work.rawValue], let peer = costs[Self.peerName(peer)] else { continue }
            Figure("icalendar-\(work.rawValue)", ours: ours, peer: peer).printLine()
        }
    }

    private static func peerName(_ work: Work) -> String { "libical \(work.rawValue)" }

    static func generate(_ path: String, events: Int) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw File.Failure(what: "create \(path)", code: errno) }
        defer { close(descriptor) }
        var generator = CalendarGenerator()
        generator.begin()
        for index in 0..<events {
            generator.event(index)
            if generator.bytes.count > 1 << 20 { try File.append(generator.takeBytes(), to: descriptor) }
        }
        generator.end()
        try File.append(generator.takeBytes(), to: descriptor)
    }

    /// Runs a program beside this one, which prints one line.
    private static func measure(_ program: String, _ work: Work, _ file: String) throws -> Measurement {
        let line = try ChildProcess(beside: program, [work.rawValue, file]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let measurement = Measurement(line: line) else {
            throw ChildProcess.Failure(description: "\(program) \(work.rawValue) printed: \(line)")
        }
        return measurement
    }

    private func discard(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            note("cannot remove \(folder.path): \(error)")
        }
    }
}
