import Foundation
import Measuring

/// All reports written, in turns with the same bytes written plainly; and written again when nothing has changed.
struct ReportComparison {
    struct Failure: Error, CustomStringConvertible { let description: String }

    private let folder: URL

    init(in folder: URL) { self.folder = folder }

    func run() throws {
        let kept = folder.appending(path: "kept").path
        let first = try child(.write, in: kept)
        let findings = FindingGenerator.findings
        guard first.tally.findings == findings, first.tally.written == first.tally.files, first.tally.unchanged == 0
        else {
            throw Failure(description: "not everything was written: \(first.tally)")
        }
        let stamps = try stamps(below: kept)
        let costs = try Comparison([
            ("model", { try child(.model, in: kept).cost }),
            ("write", { try expecting(written: first.tally.files, child(.write, in: try fresh("write"))) }),
            ("plain", { try expecting(written: first.tally.files, child(.plain, in: try fresh("plain"), from: kept)) }),
            ("again", { try expecting(written: 0, child(.write, in: kept)) }),
        ]).medians()
        guard try self.stamps(below: kept) == stamps else {
            throw Failure(description: "a pass without changes has touched a file")
        }
        guard let model = costs["model"], let write = costs["write"], let plain = costs["plain"],
            let again = costs["again"]
        else { throw Failure(description: "nothing was measured") }
        let megabytes = first.tally.bytes / 1_000_000
        note(
            "\(findings) findings in \(first.tally.files) files, \(megabytes) MB written; each in a process of its own")
        note("made and in no format: \(model)")
        note("made and written: \(write), \(Int(Double(findings) / write.cpuSeconds)) findings per CPU-second")
        note("made, compared, and nothing written (0 of \(first.tally.files) files touched): \(again)")
        note("the same bytes written plainly, each file and directory waited for: \(plain)")
        Figure("reports-write", ours: write, peer: plain).printLine()
        Figure("reports-unchanged", ours: again, peer: write).printLine()
    }

    private func child(
        _ work: ReportWork, in directory: String, from source: String? = nil
    ) throws -> (cost: Cost, tally: ReportWork.Tally) {
        let child = try ChildProcess(
            beside: "reports-bench", [work.rawValue, directory] + [source].compactMap(\.self))
        guard let tally = ReportWork.Tally(line: child.output) else {
            throw Failure(description: "\(work.rawValue) said \(child.output)")
        }
        return (child.cost, tally)
    }

    private func expecting(
        written: Int, _ result: (cost: Cost, tally: ReportWork.Tally)
    ) throws -> Cost {
        guard result.tally.written == written, result.tally.written + result.tally.unchanged == result.tally.files
        else {
            throw Failure(description: "\(written) files were to be written: \(result.tally)")
        }
        return result.cost
    }

    private func fresh(_ name: String) throws -> String {
        let path = folder.appending(path: name).path
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// What would tell that a file was written again.
    private func stamps(below path: String) throws -> [String: String] {
        var stamps: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
            stamps[name] = "\(attributes[.systemFileNumber] ?? "") \(attributes[.modificationDate] ?? "")"
        }
        return stamps
    }
}
