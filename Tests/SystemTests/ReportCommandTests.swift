import Foundation
import TestSupport
import Testing

@Suite("bookwatch conflicts, expiries and report")
struct ReportCommandTests {
    private let directory: TemporaryDirectory
    private let state: [String]

    /// A store with one conflict, as one pass leaves it.
    init() throws {
        directory = try TemporaryDirectory()
        state = ["--state", "\(directory.path)/state"]
        for uid in ["first", "late"] {
            let text = ICSText.calendar(
                start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: uid, owner: "\(uid)@example.org")
            try directory.write(text.replacing("SUMMARY:", with: "SUMMARY:\u{1B}[31m"), to: "team/\(uid).ics")
        }
        #expect(try run("import", "\(directory.path)/team", "--once").code == 0)
    }

    @Test("An open conflict is shown, with what to do about it, and is a finding unless told otherwise")
    func conflicts() throws {
        let shown = try run("conflicts")
        #expect(shown.code == 1)
        #expect(shown.lines.contains { $0.contains("blue") && $0.hasSuffix("team/late.ics:4") }, "\(shown.lines)")
        #expect(shown.lines.contains { $0.contains("Move the booking: the room is free 2048-04-20") })
        #expect(!shown.lines.joined().unicodeScalars.contains("\u{1B}"))
        #expect(try run("conflicts", "--fail-on", "never").code == 0)
    }

    @Test(
        "Each format of the reports goes to standard output",
        arguments: [
            (["--json"], "{"), (["--format", "json"], "{"), (["--format", "xml"], "<?xml version"),
            (["--format", "csv"], "file,line,uid"), (["--format", "html"], "<!DOCTYPE html>"),
        ])
    func formats(options: [String], beginning: String) throws {
        for command in [["conflicts"], ["expiries"], ["report", "team/late.ics"]] {
            let shown = try run(command + options + ["--fail-on", "never"])
            #expect(shown.code == 0)
            #expect(shown.lines.first?.hasPrefix(beginning) == true, "\(command) \(shown.lines)")
        }
    }

    @Test("A day on which nothing ended is no finding, and what is no day is refused")
    func expiries() throws {
        let shown = try run("expiries", "2048-04-20")
        #expect(shown.code == 0 && shown.lines == ["no reservation ended on 2048-04-20"])
        #expect(try run("expiries", "2048-02-31").code == 64)
    }

    @Test("A report is that of one export; one that is not there is told with the nearest name")
    func report() throws {
        #expect(try run("report", "team/first.ics").code == 0)
        let declined = try run("report", "team/late.ics")
        #expect(declined.code == 1)
        #expect(declined.lines.first?.hasPrefix("team/late.ics: rejected") == true, "\(declined.lines)")
        #expect(declined.lines.contains { $0.hasPrefix("late.ics:4: CNF001 error: room blue is taken") })
        let unknown = try run("report", "team/lat.ics")
        #expect(unknown.code == 66)
        #expect(unknown.lines.first?.hasSuffix("did you mean team/late.ics?") == true, "\(unknown.lines)")
    }

    @Test("All reports are written elsewhere, and never into a watched directory")
    func tree() throws {
        let elsewhere = "\(directory.path)/elsewhere"
        let told = try run("report", "--to", elsewhere)
        #expect(told.code == 0)
        #expect(told.lines.last?.hasSuffix(" reports written, 0 unchanged") == true, "\(told.lines)")
        for name in ["index.html", "conflicts.csv", "team/late.ics.report.json", "rooms/blue.ifb"] {
            #expect(FileManager.default.fileExists(atPath: "\(elsewhere)/\(name)"), "\(name)")
        }
        let configuration = try directory.write("sources: [{name: team, directory: team}]", to: "bookwatch.yaml")
        let refused = try run("report", "--to", "\(directory.path)/team/answers", "--config", configuration.path)
        #expect(refused.code == 78)
        #expect(refused.lines.first?.contains("CFG004") == true, "\(refused.lines)")
        let file = try directory.write("", to: "file")
        let unwritable = try run("report", "--to", "\(file.path)/reports")
        #expect(unwritable.code == 73)
        #expect(unwritable.lines.count { $0.contains("RPT001") } == 1, "\(unwritable.lines)")
    }

    @Test("What import could not read is in the reports too, as with the daemon")
    func unreadable() throws {
        let team = "\(directory.path)/team"
        #expect(unsafe mkfifo("\(team)/pipe.ics", 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: "\(team)/loop", withDestinationPath: "/")
        #expect(try run("import", team, "--once").code == 1)
        let report = try run("report", "team/pipe.ics")
        #expect(report.code == 1 && report.lines.first?.hasPrefix("team/pipe.ics: rejected") == true, "\(report.lines)")
        #expect(report.lines.contains { $0.contains("SRC011 error") }, "\(report.lines)")
        let index = try String(contentsOfFile: "\(directory.path)/state/reports/index.json", encoding: .utf8)
        #expect(index.contains("\"faults_total\": 1") && index.contains("\"path\": \"loop\""), "\(index)")
    }

    @Test("What contradicts itself is refused", arguments: [["report"], ["conflicts", "--json", "--format", "csv"]])
    func usage(arguments: [String]) throws { #expect(try run(arguments).code == 64) }

    private func run(_ arguments: String...) throws -> (code: Int32, lines: [String]) { try run(arguments) }

    private func run(_ arguments: [String]) throws -> (code: Int32, lines: [String]) {
        let process = try DaemonProcess(arguments + state)
        return (process.waitForExit(), process.log)
    }
}
