import Foundation
import TestSupport
import Testing

/// What a running daemon needs for files that were made to hurt it. The time is printed, since it says nothing on a
/// machine that is busy with other tests.
@Suite("Hostile files cost a daemon little memory")
struct HostileFileTests {
    /// More than before, in bytes, for any one of them.
    private static let limit = 64 << 20

    @Test("Files that are long, deep or wide in each of the ways that XML has")
    func own() throws {
        let directory = try TemporaryDirectory()
        let files = try Self.ownFiles.map { name, text in try directory.write(text, to: "made/\(name).xml") }
        try expectLittle(files, in: directory)
    }

    @Test("Those of the corpus", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
    func corpus() throws {
        let folder = try #require(Corpus.folder).appending(path: "xml/hostile")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xml") }
        #expect(names.count >= 32)
        try expectLittle(names.sorted().map { folder.appending(path: $0) }, in: TemporaryDirectory())
    }

    /// Hands one file after the other to a daemon.
    private func expectLittle(_ files: [URL], in directory: TemporaryDirectory) throws {
        let watched = directory.url.appending(path: "watched")
        try directory.write(Self.file(Self.booking), to: "watched/good.xml")
        let daemon = try DaemonProcess([
            "serve", "--watch", watched.path, "--listen", "127.0.0.1:0", "--state", "\(directory.path)/state",
        ])
        try daemon.waitForLine("first pass done")
        var (greatest, table) = (0, "")
        for file in files {
            let name = file.lastPathComponent
            let copy = directory.url.appending(path: name)
            try FileManager.default.copyItem(at: file, to: copy)
            let before = try daemon.forgetPeak()
            let begin = ContinuousClock.now
            try FileManager.default.moveItem(at: copy, to: watched.appending(path: name))
            try daemon.waitForLine("export=\(name)", "findings=")
            let cost = try daemon.memory("VmHWM") - before
            let time = ContinuousClock.now - begin
            table += "\(name): \(time), its settling included; \(cost >> 10) KiB more\n"
            greatest = max(greatest, cost)
        }
        #expect(greatest < Self.limit, "\(table)")
        #expect(daemon.terminate() == 0)
        print(table)
    }

    private static let booking =
        #"<booking id="x"><room>r</room><start>2048-12-08T10:00:00Z</start><duration>PT1H</duration></booking>"#

    private static func file(_ content: String, prologue: String = "") -> String {
        "\(prologue)<bookings xmlns=\"urn:bookwatch:bookings:1\">\(content)</bookings>"
    }

    private static func many(_ count: Int, _ part: (Int) -> String) -> String { (0..<count).map(part).joined() }

    private static let ownFiles: [(String, String)] = [
        ("names", file(many(600_000) { "<n\($0)/>" })),
        ("namespaces", file(many(200_000) { "<n xmlns:a\($0)=\"u\($0)\"/>" })),
        ("attributes", file("<booking \(many(200_000) { " a\($0)=\"\"" })/>")),
        ("attribute", file("<booking id=\"\(String(repeating: "x", count: 7_000_000))\"/>")),
        ("comment", file("<!--\(String(repeating: "x", count: 7_000_000))-->")),
        ("section", file("<booking id=\"a\"><title><![CDATA[\(String(repeating: "x", count: 20_000_000))")),
        ("text", file("<booking id=\"a\"><title>\(String(repeating: "x", count: 20_000_000))</title></booking>")),
        ("children", file("<booking id=\"a\">\(many(400_000) { _ in "<room>r</room>" })</booking>")),
        ("references", file("<booking id=\"a\"><title>\(many(1_000_000) { _ in "&#x41;" })</title></booking>")),
        ("depth", file(many(500_000) { _ in "<a>" })),
        ("unknown", file(many(20_000) { _ in "<other id='a'/>" })),
        (
            "entities",
            file(booking, prologue: "<!DOCTYPE b [<!ENTITY % a 'x'>\(many(50) { "<!ENTITY % a\($0) '%a;%a;'>" })]>")
        ),
        ("declarations", file(booking, prologue: "<!DOCTYPE b [\(many(9_000) { "<!ELEMENT e\($0) (a)>" })]>")),
    ]
}

extension DaemonProcess {
    /// Lets the most that has been in memory be what is there now (proc(5), `clear_refs`), and answers that.
    fileprivate func forgetPeak() throws -> Int {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "/proc/\(identifier)/clear_refs"))
        try file.write(contentsOf: Data("5".utf8))
        try file.close()
        return try memory("VmRSS")
    }

    /// In bytes.
    fileprivate func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") } ?? ""
        guard let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure(reason: "no \(name) in \(status)")
        }
        return kibibytes << 10
    }
}
