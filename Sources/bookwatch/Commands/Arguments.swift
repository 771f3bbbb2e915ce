import ArgumentParser
import ConferenceAPI
import Foundation

/// An instant on the command line: `2026-12-08T10:00:00Z`, with an offset, or a day, which means its midnight in UTC.
struct InstantArgument: ExpressibleByArgument {
    let instant: Date

    init?(argument: String) {
        let text = argument.count == 10 ? "\(argument)T00:00:00Z" : argument
        guard let instant = JitsiTimestamp.parse(text) else { return nil }
        self.instant = instant
    }
}

/// A file named on the command line.
enum FileArgument {
    /// - Throws: exit code 66 with one line, when it cannot be read.
    static func bytes(of path: String) throws -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))
        } catch {
            Output.error("\(path): \(error.localizedDescription)")
            throw ExitCode.noInput
        }
    }
}
