import TestSupport
import Testing

@Suite("Commands about the store")
struct CommandTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ arguments: [String]) throws -> (code: Int32, output: String) {
        let process = try DaemonProcess(arguments + ["--state", "\(directory.path)/state"])
        let code = process.waitForExit()
        return (code, process.log.joined(separator: "\n"))
    }

    private func putTwo() throws {
        for uid in ["first", "second"] {
            let text = ICSText.calendar(
                start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: uid, owner: "\(uid)@example.org")
            try directory.write(text, to: "team/\(uid).ics")
        }
        let daemon = try DaemonProcess([
            "serve", "--watch", "\(directory.path)/team", "--listen", "127.0.0.1:0", "--state",
            "\(directory.path)/state",
        ])
        try daemon.waitForLine("first pass done", "granted=1")
        #expect(daemon.terminate() == 0)
    }

    @Test("explain says in words why the winner came first")
    func reason() throws {
        try putTwo()
        let (code, output) = try run(["explain", "blue", "--at", "2048-04-20T15:00:00Z"])
        #expect(code == 0)
        #expect(output.contains("in the way: first (equal in all else, first by its identifier)"), "\(output)")
    }

    @Test("What has the form of a code and is none is told so, and taken for a room")
    func unknownCode() throws {
        try putTwo()
        let (code, output) = try run(["explain", "cnf999"])
        #expect(code == 0)
        #expect(output.contains("no diagnostic has the code CNF999") && output.contains("room 'cnf999'"), "\(output)")
    }

    @Test(
        "restore tells a backup that cannot be read from a store that cannot be written",
        arguments: [("none", 66), ("noise", 74), ("state", 74)] as [(String, Int32)])
    func restore(file: String, exit: Int32) throws {
        try putTwo()
        try directory.write(String(repeating: "noise", count: 1_000), to: "noise")
        #expect(try run(["restore", "\(directory.path)/\(file)"]).code == exit)
    }
}
