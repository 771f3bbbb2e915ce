import Foundation

/// libxml2's own checker, where it is installed.
enum XMLLint {
    static let path: String? = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    struct Missing: Error {}

    /// What it says about the files; `nil` when all is well.
    static func complaints(_ arguments: [String]) throws -> String? {
        guard let path else { throw Missing() }
        let lint = Process()
        lint.executableURL = URL(fileURLWithPath: path)
        lint.arguments = arguments
        let errors = Pipe()
        lint.standardError = errors
        try lint.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        lint.waitUntilExit()
        return lint.terminationStatus == 0 ? nil : said
    }
}
