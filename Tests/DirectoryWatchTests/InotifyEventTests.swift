import Foundation
import Glibc
import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("Events of inotify")
struct InotifyEventTests {
    @Test("Events are read one after the other, their names without padding")
    func several() {
        let bytes = event(1, IN_MOVED_TO, "team.ics") + event(2, IN_DELETE_SELF, nil)
        let events = read(bytes)
        #expect(events.map(\.watch) == [1, 2])
        #expect(events.map(\.name) == ["team.ics", ""])
        #expect(events.map(\.mask) == [.movedTo, .selfDeleted])
    }

    @Test("Bytes cut anywhere give the whole events before the cut")
    func cut() {
        let bytes = event(1, IN_CREATE, "a.ics") + event(2, IN_CREATE, "b.ics")
        for length in 0...bytes.count {
            #expect(read(Array(bytes[..<length])).count == (length < 32 ? 0 : length < 64 ? 1 : 2))
        }
    }

    @Test("An overflow of the queue asks to look at every root")
    func overflow() throws {
        let roots = [WatchedRoot("/a"), WatchedRoot("/b")]
        var tree = WatchedTree(roots, inotify: try InotifyDescriptor())
        let events = read(event(-1, IN_Q_OVERFLOW, nil))
        #expect(
            events.flatMap { tree.changes(after: $0) } == [
                .everything(root: "/a", cause: .overflow), .everything(root: "/b", cause: .overflow),
            ])
    }

    @Test("A queue that the kernel really overflows says so", .enabled(if: queueLimit < 100_000, "a very long queue"))
    func realOverflow() throws {
        let directory = try TemporaryDirectory()
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([WatchedRoot(directory.path)], inotify: inotify)
        #expect(tree.check() == [.everything(root: directory.path, cause: .watched)])
        // Two names in turn: equal events in a row would become one.
        for number in 0...Self.queueLimit { try touch(number.isMultiple(of: 2) ? "a.ics" : "b.ics", in: directory) }
        try directory.write("x", to: "late/first.ics")

        var changes: Set<DirectoryChange> = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        func hear() throws {
            while case .events(let events) = try inotify.wait(atMost: 0, buffer: &buffer) {
                changes.formUnion(events.flatMap { tree.changes(after: $0) })
            }
        }
        try hear()
        #expect(changes.contains(.everything(root: directory.path, cause: .overflow)))
        // The directory that nobody told of is watched too.
        #expect(tree.check() == [.everything(root: directory.path, cause: .watched)])
        try directory.write("x", to: "late/second.ics")
        try hear()
        #expect(changes.contains(.file(root: directory.path, path: "late/second.ics", arrival: .written)))
        #expect(!changes.contains(.file(root: directory.path, path: "late/first.ics", arrival: .written)))
    }

    /// Events that the kernel keeps for one reader.
    private static let queueLimit: Int = {
        let text = FileManager.default.contents(atPath: "/proc/sys/fs/inotify/max_queued_events") ?? Data()
        return Int(String(decoding: text, as: UTF8.self).filter(\.isNumber)) ?? .max
    }()

    private func touch(_ name: String, in directory: TemporaryDirectory) throws {
        let file = unsafe open("\(directory.path)/\(name)", O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        close(file)
    }

    private func read(_ bytes: [UInt8]) -> [InotifyEvent] { InotifyEvent.events(in: bytes.span) }

    private func event(_ watch: Int32, _ mask: Int32, _ name: String?) -> [UInt8] {
        let padded = name.map { Array($0.utf8) + [UInt8](repeating: 0, count: 16 - $0.utf8.count) } ?? []
        let words = [UInt32(bitPattern: watch), UInt32(bitPattern: mask), 0, UInt32(padded.count)]
        return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } } + padded
    }
}
