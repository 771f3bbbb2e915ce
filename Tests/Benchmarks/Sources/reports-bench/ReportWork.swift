import Foundation
import Glibc
import Reports

/// What is measured, each in a process of its own.
enum ReportWork: String {
    /// Every report made, in no format.
    case model
    /// Made, in all formats, and written where nothing is or where the same is already.
    case write
    /// The bytes of the files below another directory, written as plainly as is still safe.
    case plain

    struct Tally: Equatable {
        var findings = 0
        var files = 0
        var written = 0
        var unchanged = 0
        var bytes = 0

        /// Names and numbers, for the process that asked.
        var line: String { "\(findings) \(files) \(written) \(unchanged) \(bytes)" }

        init() {}

        init?(line: String) {
            let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            guard numbers.count == 5 else { return nil }
            (findings, files, written, unchanged, bytes) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
        }
    }

    func run(in directory: String, source: String?) throws -> Tally {
        switch self {
        case .model: try makeAll { _ in }
        case .write: try writeAll(ReportTree(root: directory))
        case .plain: try writePlainly(source ?? directory, to: directory)
        }
    }

    private func makeAll(_ body: (ExportReport) throws -> Void) throws -> Tally {
        var tally = Tally()
        let generator = try FindingGenerator()
        for number in 0..<FindingGenerator.exports {
            let report = try generator.report(number)
            tally.findings += report.findingsTotal
            try body(report)
        }
        return tally
    }

    private func writeAll(_ tree: ReportTree) throws -> Tally {
        var (batch, outcomes, bytes) = (ReportBatch(), [ReportFile.Outcome](), 0)
        var tally = try makeAll { report in
            for format in ReportFormat.allCases {
                let content = format.bytes(of: report)
                bytes += content.count
                batch.add(tree.report(of: report.source, export: report.export, format), content)
            }
            if batch.isFull { outcomes += batch.write() }
        }
        outcomes += batch.write()
        tally.files = outcomes.count
        tally.bytes = bytes
        for outcome in outcomes {
            switch outcome {
            case .written: tally.written += 1
            case .unchanged: tally.unchanged += 1
            case .failed(let finding): throw ReportComparison.Failure(description: "\(finding)")
            }
        }
        return tally
    }

    /// Each file under a temporary name, waited for and renamed; then each directory waited for.
    private func writePlainly(_ source: String, to directory: String) throws -> Tally {
        var tally = Tally()
        let names = try FileManager.default.subpathsOfDirectory(atPath: source).sorted()
        var folders: Set<String> = []
        for name in names where name.contains(".report.") {
            let content = try Data(contentsOf: URL(fileURLWithPath: "\(source)/\(name)"))
            let path = "\(directory)/\(name)"
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            if folders.insert(folder).inserted {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            let file = try descriptor(path + ".tmp", O_WRONLY | O_CREAT | O_TRUNC)
            let count = unsafe content.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            guard count == content.count, fsync(file) == 0, close(file) == 0, unsafe rename(path + ".tmp", path) == 0
            else {
                throw ReportComparison.Failure(description: "cannot write \(path)")
            }
            tally.files += 1
            tally.written += 1
            tally.bytes += content.count
        }
        for folder in folders {
            let opened = try descriptor(folder, O_RDONLY)
            guard fsync(opened) == 0, close(opened) == 0 else {
                throw ReportComparison.Failure(description: "cannot sync \(folder)")
            }
        }
        return tally
    }

    private func descriptor(_ path: String, _ flags: Int32) throws -> Int32 {
        let opened = unsafe open(path, flags, 0o644)
        guard opened >= 0 else { throw ReportComparison.Failure(description: "cannot open \(path)") }
        return opened
    }
}
