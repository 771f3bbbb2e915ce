import Foundation

/// The records of what was worked on at ends that nobody asked for, as this process found them.
///
/// Who is asked to stop and is left behind at the deadline ends as by a crash, and what it worked on would be blamed:
/// after three stops an export would be set aside for a file server's silence.
struct AttemptsAtStart: Sendable {
    private let records: [(file: URL, content: Data)]

    /// - Parameter storePath: as `Attempts` has it.
    init(besideStore storePath: String) {
        let files = ["reading", "deciding"].map { URL(fileURLWithPath: "\(storePath).\($0)", isDirectory: false) }
        // One that is not there has nothing in it.
        records = files.map { ($0, (try? Data(contentsOf: $0)) ?? Data()) }
    }

    /// Makes them what they were. Whoever still writes to them writes into files that are gone.
    func restore() throws {
        for record in records { try record.content.write(to: record.file, options: .atomic) }
    }
}
