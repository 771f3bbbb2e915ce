import Foundation
import Measuring

/// Ours against libxml2's parser that does nothing with what it finds, on one generated file of each form.
struct XMLComparison {
    struct WrongCount: Error {
        let form: ExportForm
        let bookings: String
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "xml-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { discard(folder) }
        let idle = try ChildProcess(beside: "xml-bench", ["idle"]).cost.peakBytes
        note("a process without work: \(idle / 1_000_000) MB of memory")
        for form in ExportForm.allCases {
            let file = folder.appending(path: "\(form.rawValue).xml").path
            try form.write(to: file, bookings: form.bookingsOf100Megabytes)
            try compare(form, file, idle: idle)
        }
    }

    private func compare(_ form: ExportForm, _ file: String, idle: Int) throws {
        let costs = try Comparison([
            (
                "ours",
                {
                    let process = try ChildProcess(beside: "xml-bench", ["read", file])
                    let bookings = process.output.trimmingCharacters(in: .whitespacesAndNewlines)
                    guard Int(bookings) == form.bookingsOf100Megabytes else {
                        throw WrongCount(form: form, bookings: bookings)
                    }
                    return process.cost
                }
            ),
            ("floor", { try ChildProcess(beside: "xml-floor", [file]).cost }),
        ]).medians(rounds: 5)
        guard let ours = costs["ours"], let floor = costs["floor"] else { return }
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
        let megabytes = Double(size) / 1e6
        note("\(form.rawValue): \(Int(megabytes)) MB, \(form.bookingsOf100Megabytes) bookings")
        note("\(form.rawValue) ours: \(ours), \(Int(megabytes / ours.cpuSeconds)) MB/s")
        note("\(form.rawValue) floor: \(floor), \(Int(megabytes / floor.cpuSeconds)) MB/s")
        note("\(form.rawValue) memory above idle: \(max(0, ours.peakBytes - idle) / 1_000_000) MB")
        // Two digits count here.
        note("\(form.rawValue) ratio: \(String(format: "%.2f", floor.cpuSeconds / ours.cpuSeconds))")
        Figure("xml-\(form.rawValue)", ours: ours, peer: floor).printLine()
    }

    private func discard(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            note("cannot remove \(folder.path): \(error)")
        }
    }
}
