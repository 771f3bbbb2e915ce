import Foundation
package import Testing

/// Compares `actual` with the golden file `name` beside the calling test.
///
/// With `RECORD_GOLDEN=1` in the environment the file is written instead, and the test fails, so that nobody records
/// and passes in one run.
package func expectGolden(
    _ actual: String, _ name: String, testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = URL(fileURLWithPath: testFile).deletingLastPathComponent().appending(path: "Golden/\(name)")
    try expectGolden(actual, at: file, sourceLocation: sourceLocation)
}

/// The same for a file that is shipped: a path in the checkout.
package func expectGolden(
    _ actual: String, inCheckout path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    try expectGolden(actual, at: checkout.appending(path: path), sourceLocation: sourceLocation)
}

private func expectGolden(_ actual: String, at file: URL, sourceLocation: SourceLocation) throws {
    let name = file.lastPathComponent
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(actual.utf8).write(to: file)
        Issue.record(
            "recorded \(name): read the difference, then run again without RECORD_GOLDEN",
            sourceLocation: sourceLocation)
        return
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(actual == expected, "golden \(name) differs", sourceLocation: sourceLocation)
}
