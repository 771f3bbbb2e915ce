package import Diagnostics
import Glibc

/// One file below a directory of reports; written whole or not at all.
package struct ReportFile: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case written
        /// The file has these bytes already; nothing was touched.
        case unchanged
        /// There is no file, and there should be none.
        case absent
        /// RPT001. The old file, if there was one, is as it was.
        case failed(Diagnostic)
    }

    /// The directory that the operator named; made if it is missing.
    let root: String
    let directories: [SafeFileName]
    let name: String

    /// - Parameters:
    ///   - name: any text, as are the `directories` that it lies in below `root`.
    ///   - fileExtension: one of ours, without the first full stop, such as `report.json`.
    package init(_ name: String, fileExtension: String, below directories: [String] = [], in root: String) {
        self.root = root
        self.directories = directories.map { SafeFileName($0) }
        self.name = "\(SafeFileName(name)).\(fileExtension)"
    }

    package var path: String { "\(root)/\(pathBelowRoot)" }
    package var pathBelowRoot: String { (directories.map(\.description) + [name]).joined(separator: "/") }

    package var exists: Bool { unsafe access(path, F_OK) == 0 }

    /// Makes the file's content `bytes`, durably: they are on the disk under a temporary name before they replace the
    /// old content at once, and the directory is on the disk before this returns.
    package func write(_ bytes: [UInt8]) -> Outcome {
        do throws(FileFailure) {
            let directory = try openDirectory()
            if try directory.holds(bytes, in: name) { return .unchanged }
            try directory.replace(name, with: bytes)
            return .written
        } catch {
            return .failed(error.diagnostic(path))
        }
    }

    /// Removes the file if it is there.
    package func remove() -> Outcome {
        // No directory is made for what is not there.
        guard exists else { return .absent }
        do throws(FileFailure) {
            return try openDirectory().remove(name) ? .written : .absent
        } catch {
            return .failed(error.diagnostic(path))
        }
    }

    func openDirectory() throws(FileFailure) -> ReportDirectory {
        var directory = try ReportDirectory.open(root)
        for name in directories { directory = try directory.directory(name.description) }
        return directory
    }
}

extension ReportFile {
    /// RPT001 where nothing can be written to `root`, which is made if it is missing: one finding for all files.
    package static func failureToWrite(in root: String) -> Diagnostic? {
        do throws(FileFailure) {
            _ = try ReportDirectory.open(root)
            guard unsafe access(root, W_OK | X_OK) == 0 else { throw FileFailure("written", errno: errno) }
            return nil
        } catch {
            return error.diagnostic(root)
        }
    }

    /// The names in a directory of reports, sorted; none where it is not there.
    package static func names(below directories: [String], in root: String) throws(ReportFailure) -> [String] {
        do throws(FileFailure) {
            var directory = try ReportDirectory.open(root)
            for name in directories { directory = try directory.directory(SafeFileName(name).description) }
            return try directory.names()
        } catch {
            throw ReportFailure(diagnostic: error.diagnostic(([root] + directories).joined(separator: "/")))
        }
    }
}

/// RPT001.
package struct ReportFailure: Error, Hashable, Sendable {
    package let diagnostic: Diagnostic
}

/// A system call that failed while a report was written.
struct FileFailure: Error {
    let action: String
    let code: Int32

    /// - Parameter action: what was tried, for "cannot be …".
    init(_ action: String, errno code: Int32) {
        self.action = action
        self.code = code
    }

    func diagnostic(_ path: String) -> Diagnostic {
        let reason = unsafe String(cString: strerror(code))
        return Diagnostic(.reportNotWritten, file: path, "cannot be \(action): \(reason)")
    }
}
