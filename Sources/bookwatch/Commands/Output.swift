import Diagnostics
import Foundation

/// Where commands write: data to `stdout`, everything else to `stderr`.
enum Output {
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    static func write(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

    static func line(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        line(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func error(_ text: String) {
        FileHandle.standardError.write(Data("bookwatch: \(text)\n".utf8))
    }

    static func progress(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
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

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
