import Foundation
import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("By which number a disk is known")
struct DiskNumbersTests {
    private let directory: TemporaryDirectory
    private let root: String
    private let first = "22 1 8:1 / / rw - ext4 /dev/sda rw"

    init() throws {
        directory = try TemporaryDirectory()
        for path in ["a.ics", "hr/b.ics", "hr/deep/c.ics", "hr-2/d.ics"] { try directory.write("x", to: path) }
        root = try #require(realPath(directory.path))
    }

    private func disks(_ points: String...) -> [String: UInt64] {
        let lines = points.map { "30 22 8:1 /x \($0) rw - ext4 /dev/sda rw" }
        let table = MountTable(([first] + lines).joined(separator: "\n"))
        return DirectoryScan(of: WatchedRoot(directory.path), mounts: table).disks
    }

    @Test("Where nothing is mounted it is that of the device")
    func plain() throws {
        let device = try FileReading.stamp(of: "a.ics", below: WatchedRoot(directory.path)).identity.device
        let expected = Dictionary(uniqueKeysWithValues: ["", "hr", "hr/deep", "hr-2"].map { ($0, device) })
        #expect(disks() == expected)
        #expect(DirectoryScan(of: WatchedRoot(directory.path), mounts: nil).disks == expected)
    }

    @Test(
        "What is mounted from elsewhere on the same disk has another one, and what lies below has it too",
        arguments: [
            (["/hr"], ["hr", "hr/deep"]), (["/hr/deep"], ["hr/deep"]), ([""], ["", "hr", "hr/deep", "hr-2"]),
            (["/.."], ["", "hr", "hr/deep", "hr-2"]), (["/h"], []), (["-2"], []),
        ] as [([String], Set<String>)])
    func mounted(points: [String], changed: Set<String>) {
        let above = root[..<(root.lastIndex(of: "/") ?? root.startIndex)]
        let places = points.map { $0 == "/.." ? "\(above)" : "\(root)\($0)" }
        let numbers = disks(places[0])
        let plain = disks()
        #expect(Set(plain.keys.filter { numbers[$0] != plain[$0] }) == changed)
        #expect(Set(changed.compactMap { numbers[$0] }).count == (changed.isEmpty ? 0 : 1))
        #expect(disks(places[0]) == numbers, "it is the same each time")
    }

    @Test("The innermost place counts, and each has a number of its own")
    func nested() {
        let numbers = disks(root, "\(root)/hr", "\(root)/hr/deep")
        #expect(Set(["", "hr", "hr/deep"].compactMap { numbers[$0] }).count == 3)
        #expect(numbers["hr-2"] == numbers[""])
    }
}
