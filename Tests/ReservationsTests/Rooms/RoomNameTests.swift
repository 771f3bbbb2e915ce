import Foundation
import Reservations
import TestSupport
import Testing

@Suite("Room names")
struct RoomNameTests {
    @Test(
        "A name has one canonical form, the one that Jitsi sends",
        arguments: [
            ("boardroom", "boardroom"),
            ("BoardRoom", "boardroom"),
            ("Größe Büro", "gr%c3%b6%c3%9fe%20b%c3%bcro"),
            ("Gro\u{308}ße", "gr%c3%b6%c3%9fe"),
            ("r%c3%a9union", "r%c3%a9union"),
            ("R%C3%A9union", "r%c3%a9union"),
            ("Ｂｏａｒｄ", "board"),
            ("ﬁnance", "finance"),
            ("ΟΔΟΣ", "%ce%bf%ce%b4%ce%bf%cf%83"),
            ("οδος", "%ce%bf%ce%b4%ce%bf%cf%83"),
            ("A-z_0.9!~*'()", "a-z_0.9!~*'()"),
            ("a/b?c#d@e", "a%2fb%3fc%23d%40e"),
            ("100%", "100%25"),
            ("50%zz%41", "50%25zz%2541"),
            ("%ff", "%25ff"),
            ("％41", "%2541"),
            ("a%20b", "a%20b"),
            ("a b", "a%20b"),
            ("[Sales]Demo", "[sales]demo"),
            ("[s%c3%a9lect]R%C3%A9union", "[s%c3%a9lect]r%c3%a9union"),
            ("[]b", "%5b%5db"),
            ("[a]", "%5ba%5d"),
            ("%5Ba%5Db", "%5ba%5db"),
            ("[a]b]c", "[a]b%5dc"),
            ("会議室", "%e4%bc%9a%e8%ad%b0%e5%ae%a4"),
            ("a\u{202E}b", "a%e2%80%aeb"),
        ])
    func canonicalForm(raw: String, canonical: String) throws {
        #expect(try #require(RoomName(raw)).text == canonical)
        #expect(RoomName(canonical)?.text == canonical)
    }

    @Test("Each character of ASCII is taken as encodeURIComponent takes it, and letters are lower-case")
    func ascii() {
        for byte in 0x21..<0x7F as Range<UInt8> where byte != UInt8(ascii: "%") {
            let character = String(UnicodeScalar(byte))
            let isKept = character.contains(/[A-Za-z0-9_.!~*'()-]/)
            let form = isKept ? character.lowercased() : "%" + String(byte, radix: 16)
            #expect(RoomName("x \(character)")?.text == "x%20" + form)
        }
    }

    /// Behind a combining mark that changes nothing a text is taken through NFKC, as most are not.
    @Test("Letters of Latin-1 are those that NFKC and lower-casing make of them")
    func latin() throws {
        let mark = "\u{34F}"
        for scalar in (0xA0...0xFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
            let name = try #require(RoomName("A\(scalar)b\(mark)"))
            #expect(RoomName("A\(scalar)b")?.text == String(name.text.dropLast("%cd%8f".count)), "\(scalar)")
        }
    }

    @Test(
        "A name that nobody could read or type is unusable",
        arguments: [
            "", " ", "%20", "\u{200F}\u{202E}", "%E2%80%8F", "\u{FEFF}", "a\r\nb", "a%0d%0ab", "a\u{0}b", "%00",
            "a\u{85}b",
            "a\u{2028}b", "[ ]room", "[tenant]\u{200E}", "[a\u{7}]room",
        ])
    func unusable(raw: String) {
        #expect(RoomName(raw) == nil)
    }

    @Test("A name has at most 1,023 bytes, its tenant and its escapes counted")
    func length() {
        #expect(RoomName(String(repeating: "a", count: 1_023)) != nil)
        #expect(RoomName(String(repeating: "a", count: 1_024)) == nil)
        #expect(RoomName(String(repeating: "é", count: 170)) != nil)
        #expect(RoomName(String(repeating: "é", count: 171)) == nil)
        #expect(RoomName(String(repeating: "a", count: 1_017), tenant: "sales") == nil)
        #expect(RoomName(String(repeating: "a", count: 1_016), tenant: "sales") != nil)
        #expect(RoomName(String(repeating: "%41", count: 1_023)) != nil)
        #expect(RoomName(String(repeating: "%", count: 10_000_000)) == nil)
    }

    @Test("A tenant can be given apart from the room, and then brackets in the room are text")
    func tenant() {
        #expect(RoomName("Demo", tenant: "Sales") == RoomName("[sales]demo"))
        #expect(RoomName("[x]y", tenant: "a")?.text == "[a]%5bx%5dy")
    }

    @Test("The canonical form of a canonical name is itself, for every character that folds or combines")
    func everyCharacterOnceIsEnough() {
        var different: [String] = []
        for scalar in (0...0x10FFFF).lazy.compactMap(Unicode.Scalar.init) {
            let properties = scalar.properties
            guard properties.changesWhenNFKCCaseFolded || properties.canonicalCombiningClass != .notReordered else {
                continue
            }
            for raw in ["a\(scalar)", "J\(scalar)", "Σ\(scalar)\u{301}"] {
                guard let name = RoomName(raw) else { continue }
                if RoomName(name.text) != name { different.append(raw) }
            }
        }
        #expect(different.isEmpty)
    }

    @Test("The canonical form of a canonical name is itself, for texts of awkward characters")
    func onceIsEnough() throws {
        let awkward = Array("aJ\u{30C}İΣςẞﬁ％%2541[]/ \u{200F}é\u{301}ΐ\u{345}\u{1E9E}한\u{1100}\u{1161}").map(
            String.init)
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let raw = (0..<Int.random(in: 1...8, using: &random))
                .compactMap { _ in awkward.randomElement(using: &random) }.joined()
            guard let name = RoomName(raw) else { continue }
            #expect(RoomName(name.text) == name, "seed \(seed): \(raw)")
            #expect(RoomName(name.text.uppercased()) == name, "seed \(seed): \(raw)")
            #expect(name.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "seed \(seed): \(raw)")
        }
    }

    @Test("A stored name is checked when it is read back")
    func stored() throws {
        let name = try #require(RoomName("[sales]Größe"))
        let stored = try JSONEncoder().encode([name])
        #expect(try JSONDecoder().decode([RoomName].self, from: stored) == [name])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([RoomName].self, from: Data(#"["Not canonical"]"#.utf8))
        }
    }
}
