import Foundation
import TestSupport
import Testing

@Suite("What files say cannot command a terminal")
struct TerminalTests {
    private let escape = "\u{1B}[31m"

    @Test("check shows names of files and zones without what a terminal would obey")
    func diagnostics() throws {
        let directory = try TemporaryDirectory()
        let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first")
            .replacing("DTSTART:20480420T150000Z", with: "DTSTART;TZID=No\(escape)where:20480420T150000")
            .replacing("DTEND:20480420T160000Z", with: "DTEND;TZID=No\(escape)where:20480420T160000")
        let file = try directory.write(text, to: "red\(escape).ics")
        let process = try DaemonProcess(["check", file.path])
        _ = process.waitForExit()
        let shown = process.log.joined(separator: "\n")
        #expect(shown.contains("ICS008") && shown.contains("where"), "\(shown)")
        #expect(!shown.unicodeScalars.contains("\u{1B}"))
    }

    @Test("explain shows neither a booking's UID nor what it was asked for as a terminal would obey it")
    func explained() throws {
        let directory = try TemporaryDirectory()
        let text = ICSText.calendar(
            start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first\(escape)")
        let state = "\(directory.path)/state"
        _ = try directory.write(text, to: "team/a.ics")
        #expect(try DaemonProcess(["import", "\(directory.path)/team", "--once", "--state", state]).waitForExit() == 0)
        let asked = [
            ["explain", "blue", "--at", "2048-04-20T15:00:00Z"], ["explain", "bl\(escape)ue"],
            ["explain", "--uid", "none\(escape)"],
        ]
        for arguments in asked {
            let process = try DaemonProcess(arguments + ["--state", state])
            _ = process.waitForExit()
            #expect(process.log.contains { $0.contains("[31m") }, "\(arguments): \(process.log)")
            #expect(!process.log.joined().unicodeScalars.contains("\u{1B}"), "\(arguments)")
        }
    }

    @Test("No command writes a control character, whatever files, names and arguments say")
    func everything() throws {
        let texts = try HostileTexts()
        var silent: [String] = []
        for arguments in texts.commands {
            let process = try DaemonProcess(arguments)
            let code = process.waitForExit()
            #expect(code != 9, "\(arguments)")
            let shown = process.log.joined(separator: "\n")
            if shown.isEmpty { silent.append(arguments[0]) }
            let controls = shown.unicodeScalars.filter {
                $0.properties.generalCategory == .control && !["\n", "\r", "\t"].contains($0)
            }
            #expect(controls.isEmpty, "\(arguments.map(\.debugDescription)): \(shown.debugDescription)")
        }
        #expect(silent.isEmpty)
    }
}

/// Exports and configurations that put what a terminal obeys wherever they can, and a store that was made of them.
private struct HostileTexts {
    /// As ESC, and as the one character that means the same.
    static let escape = "\u{1B}[31m\u{9B}31m"

    let directory: TemporaryDirectory
    let state: [String]

    init() throws {
        directory = try TemporaryDirectory()
        state = ["--state", "\(directory.path)/state"]
        let events = ["first", "second", "bad"].map { uid in
            """
            BEGIN:VEVENT
            UID:\(uid)\(Self.escape)
            DTSTAMP:20261101T000000Z
            DTSTART:\(uid == "bad" ? Self.escape : "20480420T150000Z")
            DTEND:20480420T160000Z
            SUMMARY:Meeting\(Self.escape)
            ORGANIZER;CN="\(Self.escape)":mailto:\(uid)\(Self.escape)@example.org
            LOCATION:bl\(Self.escape)ue
            X-JITSI-LOBBY:\(Self.escape)
            END:VEVENT

            """
        }
        let calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:\(Self.escape)\n\(events.joined())END:VCALENDAR\n"
        try directory.write(calendar.replacing("\n", with: "\r\n"), to: "team\(Self.escape)/a\(Self.escape).ics")
        let yaml = "team\\e[31m\\x9b31m"
        try directory.write("sources: [{name: \"\(yaml)\", directory: \"\(yaml)\"}]\n", to: "good\(Self.escape).yaml")
        try directory.write("listen: {\"\(yaml)\": 1}\n", to: "bad\(Self.escape).yaml")
        try directory.write("format: \"\(yaml)\"\n\"\(yaml)\": 1\n", to: "mapping\(Self.escape).yaml")
        try directory.write("<x\(Self.escape)></x>", to: "x\(Self.escape).xml")
    }

    func path(_ name: String) -> String { "\(directory.path)/\(name)" }
    var good: [String] { state + ["--config", path("good\(Self.escape).yaml")] }
    var exports: String { path("team\(Self.escape)") }
    var export: String { "\(exports)/a\(Self.escape).ics" }
    var exportName: String { "team\(Self.escape)/a\(Self.escape).ics" }

    /// One of each command at least, and of each of its forms.
    var commands: [[String]] {
        let formats = { (command: [String], names: [String]) in names.map { command + ["--format", $0] } }
        let reports = ["text", "json", "xml", "csv", "html"]
        return [
            ["import", exports, "--once", "--dry-run"] + good,
            ["import", exports, "--once", "--dry-run", "--json"] + good,
            ["import", exports, "--once"] + good, ["import", path("none\(Self.escape)"), "--once"] + good,
            ["read", export], ["read", export, "--from", "2048-01-01", "--to", "2049-01-01"],
            ["read", path("none\(Self.escape)")], ["check", path("none\(Self.escape)")],
            ["check", path("x\(Self.escape).xml")], ["explain", "bl\(Self.escape)ue"] + good,
            ["explain", "--uid", "first\(Self.escape)"] + good, ["explain", "--uid", "none\(Self.escape)"] + good,
            ["explain", "blue", "--at", "2048-04-20T15:00:00Z", "--owner", "x\(Self.escape)@example.org"] + good,
            ["sources"] + good, ["sources", "--json"] + good, ["sources"] + state,
            ["sources", "accept", "none\(Self.escape)"] + good, ["refusals"] + good,
            ["refusals", "--room", "bl\(Self.escape)ue"] + good, ["report", "none\(Self.escape)"] + good,
            ["report", "--to", path("reports\(Self.escape)")] + good, ["expiries", "2048-04-20"] + good,
            ["backup", path("backup\(Self.escape)")] + good, ["backup", path("none/\(Self.escape)")] + good,
            ["restore", path("backup\(Self.escape)")] + good, ["restore", path("x\(Self.escape).xml")] + good,
            ["restore", path("none\(Self.escape)")] + good, ["reload"] + good,
            ["reload", "--config", path("bad\(Self.escape).yaml")], ["conflicts", "--state", path("s\(Self.escape)")],
            ["serve", "--watch", path("none\(Self.escape)")] + state, ["serve", "--config", path("n\(Self.escape)")],
            ["serve", "--config", path("bad\(Self.escape).yaml")],
            ["serve", "--watch", exports, "--listen", "unix:\(exports)"] + state,
            ["mapping", "check", path("mapping\(Self.escape).yaml"), path("none\(Self.escape)")],
            ["mapping", "try", path("mapping\(Self.escape).yaml"), path("x\(Self.escape).xml")],
        ] + formats(["check", export], ["text", "json", "sarif", "junit"]) + formats(["conflicts"] + good, reports)
            + formats(["expiries"] + good, reports) + formats(["report", exportName] + good, reports)
    }
}
