import Foundation
import Measuring

// usage: bench-record FILE PROGRAM [ARGUMENT]…
//
// Runs a benchmark, shows what it prints, and puts its figures into FILE, beside those of other benchmarks.

/// What FILE holds for each name.
struct Entry: Codable {
    var ours: Double
    var peer: Double
    var ratio: Double
    var unit: String
}

func record(_ figures: [Figure], in file: URL) throws {
    var entries: [String: Entry] = [:]
    if FileManager.default.fileExists(atPath: file.path) {
        entries = try JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: file))
    }
    for figure in figures {
        let ratio = (figure.ratio * 100).rounded() / 100
        entries[figure.name] = Entry(ours: figure.ours, peer: figure.peer, ratio: ratio, unit: figure.unit)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try (encoder.encode(entries) + Data("\n".utf8)).write(to: file, options: .atomic)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2 else {
    FileHandle.standardError.write(Data("usage: bench-record FILE PROGRAM [ARGUMENT]…\n".utf8))
    exit(64)
}
let (file, program) = (arguments[1], arguments[2])
do {
    let output = try ChildProcess(program, Array(arguments.dropFirst(2))).output
    print(output, terminator: "")
    let figures = output.split(separator: "\n").compactMap { Figure(line: String($0)) }
    guard !figures.isEmpty else { throw ChildProcess.Failure(description: "\(program) printed no figure") }
    try record(figures, in: URL(filePath: file))
} catch {
    FileHandle.standardError.write(Data("bench-record: \(error)\n".utf8))
    exit(1)
}
