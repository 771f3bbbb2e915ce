import Foundation
import TestSupport
import Testing

@Suite("bookwatch check")
struct CheckCommandTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for (uid, path) in [("one", "a.ics"), ("two", "team/b.ics"), ("three", ".hidden.ics"), ("four", "c.ics.tmp")] {
            let text = ICSText.calendar(
                start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: uid, owner: "\(uid)@example.org")
            try directory.write(text, to: "exports/\(path)")
        }
    }

    private var exports: String { "\(directory.path)/exports" }

    @Test("Of a directory those files are checked that a source would have, by path; conflicts between them too")
    func walks() throws {
        let checked = try check(exports)
        #expect(checked.code == 1)
        #expect(checked.lines.last == "2 files: 1 error, 0 warnings, 0 notes")
        #expect(
            checked.lines.first?.hasPrefix("\(exports)/team/b.ics:4: CNF001 error: room blue is taken") == true,
            "\(checked.lines)")
        #expect(checked.lines.first?.contains("(one of \(exports)/a.ics:4)") == true, "\(checked.lines)")
        #expect(checked.lines.contains { $0.contains("Move the booking: the room is free 2048-04-20") })
    }

    @Test("A file that is named twice is no conflict with itself")
    func twice() throws {
        let checked = try check("\(exports)/a.ics", "\(exports)/../exports/a.ics")
        #expect(checked.code == 0 && checked.lines == ["1 file: 0 errors, 0 warnings, 0 notes"])
    }

    @Test(
        "What is found goes out in the form that is asked for",
        arguments: [
            (["--json"], "{\"code\":\"CNF001\",\"file\":"), (["--format", "json"], "{\"code\":\"CNF001\",\"file\":"),
            (["--format", "sarif"], "{"), (["--format", "junit"], "<?xml version"),
        ])
    func formats(options: [String], beginning: String) throws {
        let checked = try check([exports] + options)
        #expect(checked.code == 1)
        #expect(checked.lines.first?.hasPrefix(beginning) == true, "\(checked.lines)")
        #expect(checked.lines.contains { $0.contains("CNF001") })
    }

    @Test("The exit code follows --fail-on", arguments: [("error", 1), ("warning", 1), ("never", 0)])
    func failOn(threshold: String, code: Int32) throws {
        #expect(try check(exports, "--fail-on", threshold).code == code)
    }

    @Test("What cannot be read below a directory is a finding, and the rest is checked")
    func unreadable() throws {
        try FileManager.default.createSymbolicLink(atPath: "\(exports)/link.ics", withDestinationPath: "/nowhere")
        let checked = try check(exports)
        #expect(checked.lines.contains { $0.hasPrefix("\(exports)/link.ics: SRC011 error: leads out of") })
        #expect(checked.lines.contains { $0.contains("CNF001") })
    }

    @Test(
        "A name of nothing, or of what cannot be read, ends with 66 and the system's own words",
        arguments: [("/nowhere/a.ics", "No such file or directory"), ("/proc/self/mem", "Input/output error")])
    func named(path: String, reason: String) throws {
        let checked = try check(path)
        #expect(checked.code == 66)
        #expect(checked.lines == ["bookwatch: \(path): \(reason)"])
    }

    @Test("What is no file, or too large for one, is told with the code of an export", arguments: ["check", "read"])
    func unusable(command: String) throws {
        let pipe = "\(exports)/pipe.ics"
        let isMade = unsafe mkfifo(pipe, 0o600)
        try #require(isMade == 0)
        let large = "\(exports)/large.ics"
        #expect(FileManager.default.createFile(atPath: large, contents: nil))
        let file = try #require(FileHandle(forWritingAtPath: large))
        try file.truncate(atOffset: 300 << 20)
        let misnamed = "\(exports)/large.xml"
        try FileManager.default.copyItem(atPath: "\(exports)/a.ics", toPath: misnamed)
        let other = try #require(FileHandle(forWritingAtPath: misnamed))
        try other.truncate(atOffset: 300 << 20)
        for (path, code) in [
            (pipe, "SRC011"), ("/dev/null", "SRC011"), (large, "SRC005"), (misnamed, "SRC005"),
        ] {
            let process = try DaemonProcess([command, path])
            #expect(process.waitForExit() == 1)
            #expect(process.log.contains { $0.hasPrefix("\(path): \(code) error: ") }, "\(process.log)")
        }
    }

    @Test("Of very many findings the gravest are listed and the others counted")
    func manyFindings() throws {
        let file = "\(exports)/many.xml"
        let bookings = String(repeating: "<booking/>", count: 110_000)
        try directory.write("<bookings xmlns='urn:bookwatch:bookings:1'>\(bookings)</bookings>", to: "exports/many.xml")
        let checked = try check(file)
        #expect(checked.code == 1)
        #expect(checked.lines.count { $0.hasPrefix("\(file):1: XML004 error: ") } == 10_000)
        #expect(checked.lines.last == "1 file: 110000 errors, 0 warnings, 0 notes (100000 of them not listed)")
    }

    @Test("A directory that may not be read ends with 66")
    func closedDirectory() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: exports)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: exports) }
        let process = try DaemonProcess(["check", exports], with: .ofOwner)
        #expect(process.waitForExit() == 66)
        #expect(process.log == ["bookwatch: \(exports): cannot be read: Permission denied"])
    }

    private func check(_ arguments: String...) throws -> (code: Int32, lines: [String]) { try check(arguments) }

    private func check(_ arguments: [String]) throws -> (code: Int32, lines: [String]) {
        let process = try DaemonProcess(["check"] + arguments)
        return (process.waitForExit(), process.log)
    }
}
