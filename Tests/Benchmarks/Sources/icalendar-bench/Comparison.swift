import Foundation

/// Ours against libical on one generated file, in turns, so that what else the machine does meets both alike.
struct Comparison {
    private static let events = 100_000
    private static let rounds = 3

    struct Disagreement: Error {
        let ours: String
        let peer: String
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "icalendar-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { discard(folder) }
        let file = folder.appending(path: "rooms.ics").path
        try Self.generate(file, events: Self.events)
        let megabytes = try Double(File.bytes(file).count) / 1e6

        var ours: [Work: [Measurement]] = [:]
        var peer: [Measurement] = []
        for _ in 0..<Self.rounds {
            for work in Work.allCases { ours[work, default: []].append(try measure("icalendar-bench", work, file)) }
            peer.append(try measure("libical-peer", .parse, file))
        }
        for (mine, theirs) in zip(ours[.parse] ?? [], peer)
        where mine.checksum != theirs.checksum || mine.events != theirs.events {
            throw Disagreement(ours: mine.line, peer: theirs.line)
        }
        let peerSeconds = Self.median(peer)
        for work in Work.allCases {
            let measurements = ours[work] ?? []
            let seconds = Self.median(measurements)
            print("# \(work.rawValue): \(Self.text(seconds)) s, \(Int(megabytes / seconds)) MB/s,", terminator: " ")
            print("\(Self.megabytes(measurements)) MB of memory, file \(Int(megabytes)) MB")
        }
        print("# libical: \(Self.text(peerSeconds)) s, \(Int(megabytes / peerSeconds)) MB/s,", terminator: " ")
        print("\(Self.megabytes(peer)) MB of memory")
        for (name, work) in [("icalendar-parse", Work.parse), ("icalendar-events", .events)] {
            let seconds = Self.median(ours[work] ?? [])
            print("\(name) ours=\(Self.text(seconds))s peer=\(Self.text(peerSeconds))s", terminator: " ")
            print("ratio=\(String(format: "%.1f", peerSeconds / seconds))")
        }
    }

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
    private func measure(_ program: String, _ work: Work, _ file: String) throws -> Measurement {
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.appending(path: program)
        process.arguments = [work.rawValue, file]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let line = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, let measurement = Measurement(line: line) else {
            throw File.Failure(what: "\(program) \(work.rawValue): \(line)", code: process.terminationStatus)
        }
        return measurement
    }

    private func discard(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("# cannot remove \(folder.path): \(error)")
        }
    }

    private static func median(_ measurements: [Measurement]) -> Double {
        let sorted = measurements.map(\.seconds).sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    private static func megabytes(_ measurements: [Measurement]) -> Int {
        (measurements.map(\.kilobytes).max() ?? 0) * 1_024 / 1_000_000
    }

    private static func text(_ seconds: Double) -> String { String(format: "%.3f", seconds) }
}
