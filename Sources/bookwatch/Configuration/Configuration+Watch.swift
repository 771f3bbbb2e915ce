import Diagnostics
import Foundation
import Reports

extension Configuration {
    /// `--watch DIR`: a source without settings, named for its directory.
    mutating func watch(_ directory: String) throws(BadConfiguration) {
        guard !directory.isEmpty else {
            throw Self.refusal(": the name of the directory is empty", hint: "Name the directory that exports come to.")
        }
        let url = Self.place(ofWatched: directory)
        sources.append(Source(name: freeName(for: url.lastPathComponent), directory: url.path))
    }

    /// Refuses `--watch DIR` where the directory is missing or closed to this user. One that does not answer may be
    /// neither.
    static func refuseToWatch(_ directory: String, unlessFit found: FoundDirectories) throws(BadConfiguration) {
        guard let found = found[place(ofWatched: directory).path] else { return }
        guard found.isDirectory else {
            throw refusal(" \(directory): there is no such directory", hint: "Create it, or correct its name.")
        }
        guard found.isReadable else {
            throw refusal(
                " \(directory): the directory cannot be read by this user",
                hint: "Give this user the rights to read and to enter it.")
        }
    }

    private static func refusal(_ reason: String, hint: String) -> BadConfiguration {
        BadConfiguration([Diagnostic(.badValue, "--watch\(reason)", hint: hint)])
    }

    /// Said to be no directory, since Foundation asks the file system otherwise.
    private static func place(ofWatched directory: String) -> URL {
        URL(fileURLWithPath: directory, isDirectory: false).standardizedFileURL
    }

    /// `folder`, or the like where that cannot be the name of a source: hidden, as the root, of a report, or taken.
    private func freeName(for folder: String) -> String {
        let taken = Set(sources.map(\.name))
        let plain = String(folder.drop { $0 == "." || $0 == "/" })
        let numbers = 1...taken.count + 2
        let own = plain.isEmpty ? [] : [plain] + numbers.map { "\(plain)-\($0)" }
        let names = own + numbers.map { "exports-\($0)" }
        return names.first { !taken.contains($0) && ReportTree.hasFolder(forSource: $0) } ?? folder
    }
}
