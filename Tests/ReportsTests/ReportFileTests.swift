import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Reports

@Suite("Writing a report")
struct ReportFileTests {
    private let directory: TemporaryDirectory
    private let first = Array("first\n".utf8)

    init() throws { directory = try TemporaryDirectory() }

    @Test("A report is written below directories that are made for it")
    func written() throws {
        let file = ReportFile(
            "rooms/blue.ics", fileExtension: "report.json", below: ["hr"], in: "\(directory.path)/state/reports")
        #expect(file.write(first) == .written)
        #expect(file.path == "\(directory.path)/state/reports/hr/rooms%2Fblue.ics.report.json")
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == Data(first))
    }

    @Test(
        "Equal bytes leave the file untouched; others replace it by another file",
        arguments: ["first\n", "fIrst\n", "", "first\nand more"])
    func unchanged(text: String) throws {
        let file = ReportFile("conflicts", fileExtension: "json", in: directory.path)
        #expect(file.write(first) == .written)
        let before = try inode(file.path)
        #expect(file.write(Array(text.utf8)) == (text == "first\n" ? .unchanged : .written))
        #expect(try (inode(file.path) == before) == (text == "first\n"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == Data(text.utf8))
    }

    @Test("A large report is compared to its end")
    func large() throws {
        let file = ReportFile("big", fileExtension: "csv", in: directory.path)
        var bytes = [UInt8](repeating: 7, count: 300_000)
        #expect(file.write(bytes) == .written)
        #expect(file.write(bytes) == .unchanged)
        bytes[299_999] = 8
        #expect(file.write(bytes) == .written)
    }

    @Test("Nothing but the report is left in the directory, also after a crash between writing and renaming")
    func tidy() throws {
        try directory.write("left by a crash", to: ".conflicts.json.tmp")
        let file = ReportFile("conflicts", fileExtension: "json", in: directory.path)
        #expect(file.write(first) == .written)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["conflicts.json"])
    }

    @Test("A link in the place of a report is replaced, and what it leads to stays as it was")
    func link() throws {
        let victim = try directory.write("precious", to: "victim")
        let root = "\(directory.path)/reports"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for name in ["conflicts.json", ".conflicts.json.tmp"] {
            try FileManager.default.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: victim.path)
        }
        #expect(ReportFile("conflicts", fileExtension: "json", in: root).write(first) == .written)
        #expect(try Data(contentsOf: victim) == Data("precious".utf8))
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(root)/conflicts.json")) == Data(first))
    }

    @Test("A linked directory below the root, or something else in the way, is RPT001")
    func inTheWay() throws {
        try directory.write("", to: "elsewhere/x")
        try directory.write("", to: "file")
        try FileManager.default.createSymbolicLink(atPath: "\(directory.path)/hr", withDestinationPath: "elsewhere")
        unsafe mkfifo("\(directory.path)/fifo.json", 0o600)
        let files = [
            ReportFile("a", fileExtension: "json", below: ["hr"], in: directory.path),
            ReportFile("a", fileExtension: "json", below: ["file"], in: directory.path),
            ReportFile("fifo", fileExtension: "json", in: directory.path),
        ]
        for file in files {
            guard case .failed(let diagnostic) = file.write(first) else {
                Issue.record("\(file.path) was written")
                continue
            }
            #expect(diagnostic.code == .reportNotWritten)
            #expect(diagnostic.file == file.path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/elsewhere") == ["x"])
    }

    @Test("A root that is no directory is RPT001 with the system's reason")
    func failure() throws {
        let root = try directory.write("old", to: "file").path
        guard case .failed(let diagnostic) = ReportFile("conflicts", fileExtension: "json", in: root).write(first)
        else {
            Issue.record("written")
            return
        }
        #expect(diagnostic.code == .reportNotWritten)
        #expect(diagnostic.message == "cannot be opened: Not a directory")
    }

    @Test("A report that is removed is gone, and removing it again changes nothing")
    func removed() throws {
        let file = ReportFile("old", fileExtension: "json", in: directory.path)
        #expect(file.write(first) == .written)
        #expect(file.remove() == .written)
        #expect(file.remove() == .absent)
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    private func inode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
    }
}
