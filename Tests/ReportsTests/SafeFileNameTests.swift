import TestSupport
import Testing

@testable import Reports

@Suite("Names of report files")
struct SafeFileNameTests {
    @Test(
        "Readable where it can be, encoded where it must be",
        arguments: [
            ("team.ics", "team.ics"), ("hr/team.ics", "hr%2Fteam.ics"), ("Größe Büro", "Größe%20Büro"), ("", "%"),
            (".", "%2E"), ("..", "%2E."), ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"), (".hidden", "%2Ehidden"),
            ("a\u{0}b", "a%00b"), ("a\\b:c*?", "a%5Cb%3Ac%2A%3F"), ("50%", "50%25"), ("a\u{202E}b", "a%E2%80%AEb"),
        ])
    func names(text: String, name: String) {
        #expect(SafeFileName(text).description == name)
    }

    @Test("Any text gives one safe name, and other texts give other names")
    func safe() {
        var seen: [String: [UInt8]] = [:]
        for seed in 0..<1_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let length = Int.random(in: 0...400, using: &generator)
            let alphabet: [Unicode.Scalar] = ["a", "A", ".", "/", "%", "~", "ü", "会", "\u{0}", "\u{301}", "2", "F"]
            let text = String(
                String.UnicodeScalarView((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }))
            let name = SafeFileName(text).description
            #expect(!name.isEmpty && name.utf8.count <= SafeFileName.longest, "seed \(seed)")
            #expect(!name.contains("/") && !name.contains("\u{0}") && !name.hasPrefix("."), "seed \(seed)")
            #expect(seen[name] == nil || seen[name] == Array(text.utf8), "seed \(seed)")
            seen[name] = Array(text.utf8)
        }
    }

    @Test("Long texts with the same beginning get different names")
    func long() {
        let beginning = String(repeating: "x", count: 1_000)
        #expect(SafeFileName(beginning + "1") != SafeFileName(beginning + "2"))
        #expect(SafeFileName(beginning + "1") == SafeFileName(beginning + "1"))
    }
}
