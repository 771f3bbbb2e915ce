import Diagnostics
import Foundation

/// Where commands write: data to `stdout`, everything else to `stderr`. Whatever is quoted in a text, nothing in it
/// commands a terminal.
enum Output {
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((harmless(text) + "\n").utf8))
    }

    static func write(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

    static func line(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        // Only within its strings can there be any.
        FileHandle.standardOutput.write(Data((text.escapingControls() + "\n").utf8))
    }

    static func error(_ text: String) {
        FileHandle.standardError.write(Data("bookwatch: \(harmless(text))\n".utf8))
    }

    static func progress(_ text: String) {
        FileHandle.standardError.write(Data("\(harmless(text))\n".utf8))
    }

    /// Our own ends of lines may stay.
    private static func harmless(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { shown(String($0)) }.joined(separator: "\n")
    }

    /// Diagnostics in their text form.
    static func note(_ diagnostics: [Diagnostic], file: String) {
        for diagnostic in diagnostics { progress(shown(diagnostic.located(in: file))) }
    }

    /// A diagnostic in its text form, which has a line of its own for the hint.
    static func shown(_ diagnostic: Diagnostic) -> String {
        var copy = diagnostic
        copy.file = diagnostic.file.map(shown)
        copy.message = shown(diagnostic.message)
        copy.hint = shown(diagnostic.hint)
        return copy.description
    }

    /// What others wrote, so that nothing in it commands a terminal or breaks the line.
    static func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isControl ? "\u{FFFD}" : $0 }))
    }
}

extension String {
    /// JSON in which what JSON lets stand as it is, and a terminal may obey, is written `\u009b`.
    fileprivate func escapingControls() -> String {
        guard utf8.contains(where: { $0 >= 0x7F }) else { return self }
        var escaped = ""
        for scalar in unicodeScalars {
            guard scalar.properties.isControl else {
                escaped.unicodeScalars.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
                let digits = String(unit, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return escaped
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
