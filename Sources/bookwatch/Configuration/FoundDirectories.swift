import Foundation
import Synchronizer

/// What the file system says about a directory that is to be watched, or to have the reports.
struct FoundDirectory: Sendable {
    /// Without links, as far as the path exists: two names of one directory are one.
    let place: String
    let isDirectory: Bool
    /// Whether this user may read and enter it: without the right to enter, its names can be read, and no file.
    let isReadable: Bool

    /// Blocks for as long as the file system takes.
    init(at path: String) {
        var missing: [String] = []
        var url = URL(fileURLWithPath: path).standardizedFileURL
        while url.path != "/", !FileManager.default.fileExists(atPath: url.path) {
            missing.append(url.lastPathComponent)
            url.deleteLastPathComponent()
        }
        let base = url.resolvingSymlinksInPath().path
        place = missing.reversed().reduce(base) { Configuration.asParent($0) + $1 }
        isDirectory = FileArgument.isDirectory(path)
        isReadable = isDirectory && Self.isReadable(path)
    }

    /// Reads a first name, since what is known of the directory itself may be remembered from a time when its server
    /// still answered.
    private static func isReadable(_ path: String) -> Bool {
        guard unsafe access(path, R_OK | X_OK) == 0, let directory = unsafe opendir(path) else { return false }
        _ = unsafe readdir(directory)
        unsafe closedir(directory)
        return true
    }
}

/// What was found out about directories, within bearable time.
struct FoundDirectories: Sendable {
    private let found: [String: FoundDirectory]

    init(at paths: Set<String>, within patience: Patience) async {
        self.init(await patience.answers(to: paths) { FoundDirectory(at: $0) })
    }

    /// - Parameter found: by path.
    init(_ found: [String: FoundDirectory]) { self.found = found }

    /// `nil` where nothing answered, so that nothing is known.
    subscript(path: String) -> FoundDirectory? { found[path] }

    /// As far as it is known.
    func place(of path: String) -> String { found[path]?.place ?? path }
}

extension Configuration {
    /// What `StartChecks` wants to know about.
    var askedDirectories: Set<String> {
        Set(sources.map(\.directory) + writtenDirectories)
    }
}
