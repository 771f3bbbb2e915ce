package import Foundation

/// Real exports that developers may have beside the checkout; never needed to build, and absent on most machines.
package enum Corpus {
    /// The folder named by `BOOKWATCH_CORPUS`, else `shared/corpus` beside the checkout; `nil` when there is none.
    package static let folder: URL? = {
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["BOOKWATCH_CORPUS"].map { URL(fileURLWithPath: $0) }
        let folder = named ?? checkout.deletingLastPathComponent().appending(path: "shared/corpus")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    package static var isPresent: Bool { folder != nil }
    package static let absence = "no corpus folder: set BOOKWATCH_CORPUS to run this test"
}
