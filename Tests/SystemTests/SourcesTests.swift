import TestSupport
import Testing

@Suite("bookwatch sources")
struct SourcesTests {
    @Test("A source that only --watch named is shown from the store")
    func watchedOnly() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue"), to: "team/a.ics")
        let state = ["--state", "\(directory.path)/state"]
        let watch = ["--watch", "\(directory.path)/team", "--listen", "127.0.0.1:0"]
        let daemon = try DaemonProcess(["serve"] + watch + state)
        try daemon.waitForLine("first pass done", "granted=1")
        let sources = try DaemonProcess(["sources"] + state)
        #expect(sources.waitForExit() == 0)
        #expect(sources.log.first?.hasPrefix("team ") == true)
        #expect(sources.log.contains { $0.contains("1 exports, 1 future bookings") }, "\(sources.log)")
    }
}
