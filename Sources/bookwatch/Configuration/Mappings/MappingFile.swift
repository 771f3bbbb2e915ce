import BookingXML
import ConferenceAPI
import Diagnostics
import Foundation
import ICalendar
import Yams

/// A mapping as its file says it, and the text that it came from.
struct MappingFile: Sendable, Equatable {
    var path: String
    var mapping: XMLMapping
    /// Changes with any of the texts.
    var fingerprint: String

    private static let maximumBytes = 1 << 20
    private static let maximumTableBytes = 8 << 20

    /// Reads a mapping and the tables that it names.
    ///
    /// - Throws: `BadConfiguration` with everything that is wrong, in order of line.
    init(path: String) throws(BadConfiguration) {
        let text = try Self.text(of: path, atMost: Self.maximumBytes)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        var texts = [text]
        self.path = path
        mapping = try MappingReader.read(text, file: path) { (table) throws(BadConfiguration) in
            let text = try Self.text(
                of: URL(fileURLWithPath: table, relativeTo: folder).path, atMost: Self.maximumTableBytes)
            texts.append(text)
            return text
        }
        fingerprint = StableHash.of(texts.joined(separator: "\u{0}"))
    }

    private static func text(of path: String, atMost limit: Int) throws(BadConfiguration) -> String {
        do {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            guard bytes.count <= limit else {
                throw BadConfiguration([Diagnostic(.badValue, file: path, "has more than \(limit) bytes")])
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw BadConfiguration([Diagnostic(.badValue, file: path, "is not in UTF-8")])
            }
            return text
        } catch let bad as BadConfiguration {
            throw bad
        } catch {
            throw BadConfiguration([Diagnostic(unreadable: path, SystemReason.of(error))])
        }
    }
}
