import Foundation

// Without arguments everything is measured; with WORK DIRECTORY [SOURCE] one piece of work is done, its counts told.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    if let name = arguments.first {
        guard let work = ReportWork(rawValue: name), arguments.count >= 2 else {
            throw ReportComparison.Failure(description: "reports-bench [model|write|plain DIRECTORY [SOURCE]]")
        }
        print(try work.run(in: arguments[1], source: arguments.count > 2 ? arguments[2] : nil).line)
    } else {
        let folder = FileManager.default.temporaryDirectory.appending(path: "reports-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("# \(folder.path) is left: \(error)") }
        }
        try ReportComparison(in: folder).run()
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
