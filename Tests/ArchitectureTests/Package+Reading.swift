import Foundation

/// The checkout, read as text.
enum Checkout {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below `folder`, as a path below the checkout, in order.
    static func swiftFiles(below folder: String) throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        return paths.filter { $0.hasSuffix(".swift") && !$0.contains(".build") }.map { "\(folder)/\($0)" }.sorted()
    }

    /// The README of the whole, and those of the tests.
    static func readMes() throws -> [String] {
        let tests = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Tests").path)
        let all = ["README.md"] + tests.sorted().map { "Tests/\($0)/README.md" }
        return all.filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
    }

    static func lines(of file: String) throws -> [Substring] {
        try String(contentsOf: root.appending(path: file), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The modules that `file` imports; `import struct Foundation.Date` counts as `Foundation.Date`.
    static func importedModules(of file: String) throws -> [String] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var"]
        return try lines(of: file).compactMap { line in
            let words = line.split(separator: " ")
            guard let position = words.firstIndex(of: "import"),
                words[..<position].allSatisfy({ ["package", "public", "internal", "@testable"].contains($0) })
            else { return nil }
            return words[(position + 1)...].first { !kinds.contains($0) }.map(String.init)
        }
    }
}
