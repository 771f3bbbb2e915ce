import DirectoryWatch
import Testing

@Suite("Settling")
struct SettlingTests {
    @Test(
        "A file settles when it looked the same for as long as its arrival asks",
        arguments: [
            (Settling.Arrival.renamed, Duration.milliseconds(200)), (.written, .seconds(1)), (.network, .seconds(10)),
        ])
    func pauses(arrival: Settling.Arrival, pause: Duration) {
        var settling = Settling()
        let start = Duration.seconds(5)
        #expect(settling.look(at: "a", stamp: stamp(1), arrival: arrival, now: start) == .lookAgain(at: start + pause))
        let early = start + pause - .milliseconds(1)
        #expect(settling.look(at: "a", stamp: stamp(1), now: early) == .lookAgain(at: start + pause))
        #expect(settling.look(at: "a", stamp: stamp(1), now: start + pause) == .settled)
    }

    @Test("Any part of the stamp that changes starts the wait anew", arguments: 0..<5)
    func restarts(part: Int) {
        var settling = Settling()
        _ = settling.look(at: "a", stamp: stamp(1), arrival: .written, now: .zero)
        let other = stamp(1, changing: part)
        #expect(settling.look(at: "a", stamp: other, now: .seconds(1)) == .lookAgain(at: .seconds(2)))
        #expect(settling.look(at: "a", stamp: other, now: .seconds(2)) == .settled)
    }

    @Test("A renamed file that changes without another rename waits as a written one")
    func changedAfterRename() {
        var settling = Settling()
        _ = settling.look(at: "a", stamp: stamp(1), arrival: .renamed, now: .zero)
        let found = settling.look(at: "a", stamp: stamp(2), now: .milliseconds(200))
        #expect(found == .lookAgain(at: .milliseconds(1_200)))
    }

    @Test("A rename over a file that was being written waits as a rename")
    func renameOver() {
        var settling = Settling()
        _ = settling.look(at: "a", stamp: stamp(1), arrival: .written, now: .zero)
        let found = settling.look(at: "a", stamp: stamp(2), arrival: .renamed, now: .milliseconds(500))
        #expect(found == .lookAgain(at: .milliseconds(700)))
    }

    @Test("A write that leaves the stamp as it is makes a rename wait as a write, counted from the first look")
    func slowerHint() {
        var settling = Settling()
        _ = settling.look(at: "a", stamp: stamp(1), arrival: .renamed, now: .zero)
        let found = settling.look(at: "a", stamp: stamp(1), arrival: .written, now: .milliseconds(100))
        #expect(found == .lookAgain(at: .seconds(1)))
    }

    @Test("A file on a network stays one when it changes between two looks")
    func networkStays() {
        var settling = Settling()
        _ = settling.look(at: "a", stamp: stamp(1), arrival: .network, now: .zero)
        #expect(settling.look(at: "a", stamp: stamp(2), now: .seconds(10)) == .lookAgain(at: .seconds(20)))
    }

    @Test("What is due is told in order of name, and until it is forgotten")
    func due() {
        var settling = Settling()
        _ = settling.look(at: "b", stamp: stamp(1), arrival: .written, now: .zero)
        _ = settling.look(at: "a", stamp: stamp(1), arrival: .written, now: .zero)
        _ = settling.look(at: "c", stamp: stamp(1), arrival: .network, now: .zero)
        #expect(settling.nextLook == .seconds(1))
        #expect(settling.due(at: .milliseconds(999)).isEmpty)
        #expect(settling.due(at: .seconds(1)).map(\.path) == ["a", "b"])
        settling.forget("a")
        settling.forget("b")
        #expect(settling.due(at: .seconds(1)).isEmpty)
        #expect(settling.nextLook == .seconds(10))
        settling.forget("c")
        #expect(settling.nextLook == nil)
    }

    @Test("A file that changes for long is told, however often it changes")
    func restless() {
        var settling = Settling()
        for second in 0...600 {
            _ = settling.look(at: "log", stamp: stamp(second), arrival: .written, now: .seconds(second))
        }
        _ = settling.look(at: "new", stamp: stamp(1), arrival: .written, now: .seconds(600))
        #expect(settling.restless(for: .seconds(600), at: .seconds(600)) == ["log"])
        #expect(settling.restless(for: .seconds(600), at: .seconds(601)) == [], "it may be read")
        #expect(settling.nextRestless(for: .seconds(600), after: .seconds(599)) == .seconds(600))
        #expect(settling.nextRestless(for: .seconds(600), after: .seconds(600)) == .seconds(1_200))
    }

    private func stamp(_ size: Int, changing part: Int? = nil) -> FileStamp {
        func step(_ index: Int) -> Int { part == index ? 1 : 0 }
        return FileStamp(
            identity: FileIdentity(device: UInt64(7 + step(0)), inode: UInt64(9 + step(1))),
            size: Int64(size + step(2)), mtimeNanoseconds: Int64(step(3)), ctimeNanoseconds: Int64(step(4)))
    }

    @Test("What somebody told of is known apart, until it is read")
    func heard() {
        var settling = Settling()
        _ = settling.look(at: "a", stamp: stamp(1), now: .zero)
        _ = settling.look(at: "b", stamp: stamp(1), arrival: .network, now: .zero)
        for (path, arrival) in [("d", Settling.Arrival.renamed), ("c", .written)] {
            _ = settling.look(at: path, stamp: stamp(1), arrival: arrival, now: .zero)
        }
        #expect(settling.heardDue(at: .milliseconds(200)).map(\.path) == ["d"])
        #expect(settling.heardDue(at: .seconds(20)).map(\.path) == ["c", "d"])
        settling.forget("c")
        #expect(settling.heardDue(at: .seconds(20)).map(\.path) == ["d"])
        #expect(settling.isWaiting("a") && !settling.isWaiting("c") && !settling.isEmpty)
    }
}
