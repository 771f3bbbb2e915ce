import Diagnostics
import Foundation
import TestSupport
import Testing

/// The codes that only the built program says: about requests, the configuration, and conferences that are open.
@Suite("Each code about requests and the configuration is provoked")
struct ProgramCodeTests {
    struct Provocation: Sendable, CustomTestStringConvertible {
        let code: DiagnosticCode
        let how: String
        let said: @Sendable (Program) throws -> String

        init(_ code: DiagnosticCode, _ how: String, _ said: @escaping @Sendable (Program) throws -> String) {
            (self.code, self.how, self.said) = (code, how, said)
        }

        var testDescription: String { "\(code.rawValue): \(how)" }
    }

    @Test("What the table names says the code", arguments: requests + configurations)
    func provoked(_ provocation: Provocation) throws {
        let said = try provocation.said(Program())
        #expect(said.contains(provocation.code.rawValue), "\(said)")
    }

    @Test("No code about requests or the configuration is missing from the table")
    func whole() {
        let families = DiagnosticCode.allCases.filter { ["API", "CFG"].contains($0.rawValue.prefix(3)) }
        #expect(Set((Self.requests + Self.configurations).map(\.code)) == Set(families + [.changeWaits]))
    }

    private static let requests = [
        Provocation(.notBooked, "a room that nobody has booked") { try $0.post("red", at: "15:00:00") },
        Provocation(.notTheOwner, "a room of which only the owner has the key") {
            try $0.post("board", at: "15:00:00", by: "eve@example.org")
        },
        Provocation(.badRequest, "a request without a room") { try $0.exchange { try .open(port: $0, fields: []) } },
        Provocation(.badToken, "a token that is none of ours") {
            try $0.exchange("listen: {token_file: tokens}") {
                try .simple("GET", "/conference/1", port: $0, token: "wrong")
            }
        },
        Provocation(.unknownConference, "a conference that there never was") {
            try $0.exchange { try .simple("DELETE", "/conference/12345", port: $0) }
        },
        Provocation(.clocksDiffer, "a request from another year") { program in
            let (daemon, port) = try program.serve()
            _ = try program.post("red", at: "15:00:00", port: port)
            return try daemon.waitForLine("clock differs")
        },
        Provocation(.tooEarly, "an hour before the meeting") { try $0.post("blue", at: "14:00:00") },
        Provocation(.over, "ten minutes after the meeting") { try $0.post("blue", at: "16:10:00") },
        Provocation(.changeWaits, "a meeting that is cancelled while its conference is open") { program in
            let (daemon, port) = try program.serve()
            _ = try program.post("blue", at: "15:00:00", port: port)
            try program.drop(Program.blue.replacing("SUMMARY:", with: "STATUS:CANCELLED\r\nSEQUENCE:1\r\nSUMMARY:"))
            try daemon.waitForLine("decided")
            return try program.run("explain", "blue", "--at", "2048-04-20T15:00:00Z")
        },
    ]

    private static let configurations = [
        Provocation(.unknownKey, "a key with two letters swapped") { try $0.refused("listen: {prot: 1}") },
        Provocation(.badValue, "a port that is no number") { try $0.refused("listen: {port: abc}") },
        Provocation(.reportsInsideWatched, "reports where exports are") {
            try $0.refused("reports: {directory: exports/reports}")
        },
        Provocation(.readableSecret, "tokens that everybody can read") { program in
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: program.tokens)
            let (daemon, _) = try program.serve("listen: {token_file: tokens}")
            return daemon.log.joined(separator: "\n")
        },
        Provocation(.publicWithoutToken, "an address that others reach, without a token") {
            try $0.refused("listen: {address: 0.0.0.0}")
        },
    ]

    /// A directory with two bookings on 20 April 2048, and what is asked of it.
    struct Program: Sendable {
        private let directory: TemporaryDirectory

        static let blue = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue")
        private static let board = ICSText.calendar(
            start: "20480420T150000Z", end: "20480420T160000Z", room: "board", uid: "two@example.org")

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(Self.blue, to: "exports/blue.ics")
            try directory.write(Self.board, to: "exports/board.ics")
            try directory.write("secret\n", to: "tokens")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: tokens)
        }

        var tokens: String { "\(directory.path)/tokens" }

        func drop(_ text: String) throws {
            let temporary = try directory.write(text, to: "exports/.blue.tmp")
            let blue = directory.url.appending(path: "exports/blue.ics")
            try FileManager.default.removeItem(at: blue)
            try FileManager.default.moveItem(at: temporary, to: blue)
        }

        func serve(_ keys: String = "") throws -> (daemon: DaemonProcess, port: Int) {
            let daemon = try DaemonProcess(["serve", "--listen", "127.0.0.1:0"] + options(keys))
            let port = try daemon.waitForPort()
            try daemon.waitForLine("first pass done")
            return (daemon, port)
        }

        /// What a start with a bad configuration says.
        func refused(_ keys: String) throws -> String {
            let daemon = try DaemonProcess(["serve"] + options(keys))
            #expect(daemon.waitForExit() == 78)
            return daemon.log.joined(separator: "\n")
        }

        func run(_ arguments: String...) throws -> String {
            let process = try DaemonProcess(arguments + ["--state", "\(directory.path)/state"])
            _ = process.waitForExit()
            return process.log.joined(separator: "\n")
        }

        func exchange(_ keys: String = "", _ ask: (_ port: Int) throws -> HTTPExchange) throws -> String {
            let (daemon, port) = try serve(keys)
            return try withExtendedLifetime(daemon) { try ask(port).body }
        }

        func post(_ room: String, at time: String, by owner: String = "ann@example.org") throws -> String {
            let rooms = "rooms: [{match: board, owner_policy: owner}, {match: '*'}]"
            return try exchange(rooms) { try ask(for: room, at: time, by: owner, port: $0) }
        }

        func post(_ room: String, at time: String, port: Int) throws -> String {
            try ask(for: room, at: time, by: "ann@example.org", port: port).body
        }

        private func ask(for room: String, at time: String, by owner: String, port: Int) throws -> HTTPExchange {
            let fields = [("start_time", "2048-04-20T\(time).000Z"), ("mail_owner", owner), ("name", room)]
            return try HTTPExchange.open(port: port, fields: fields)
        }

        private func options(_ keys: String) throws -> [String] {
            let configuration = "\(keys)\nsources: [{name: s, directory: exports}]\n"
            let file = try directory.write(configuration, to: "bookwatch.yaml")
            return ["--config", file.path, "--state", "\(directory.path)/state"]
        }
    }
}
