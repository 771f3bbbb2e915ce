import Foundation
import Measuring

/// What is dropped: the events of icalendar-bench, moved to next year, so that they are still to come.
struct ExportFiles {
    static let events = 100_000
    static let smallFiles = 10_000

    let folder: URL
    var large: URL { folder.appending(path: "large.ics") }
    /// One event each.
    var small: URL { folder.appending(path: "small") }
    /// All of `small` in one file, for the peer.
    var joined: URL { folder.appending(path: "joined.ics") }

    init(in folder: URL) throws {
        self.folder = folder
        _ = try ChildProcess(beside: "icalendar-bench", ["generate", large.path, "\(Self.events)"])
        var bytes = [UInt8](try Data(contentsOf: large))
        Self.moveToNextYear(&bytes)
        try Data(bytes).write(to: large)
        try writeSmallFiles(bytes)
    }

    /// Years of dates and rules; others are part of names.
    private static func moveToNextYear(_ bytes: inout [UInt8]) {
        let year = Array("2026".utf8)
        let next = Array("\(Calendar(identifier: .gregorian).component(.year, from: Date()) + 1)".utf8)
        for index in 1..<bytes.count - 4
        where bytes[index] == year[0] && [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(bytes[index - 1])
            && bytes[index..<index + 4].elementsEqual(year)
        {
            bytes.replaceSubrange(index..<index + 4, with: next)
        }
    }

    /// Single events, each in a calendar with the zone that it names.
    private func writeSmallFiles(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(at: small, withIntermediateDirectories: true)
        let end = Array("END:VEVENT\r\n".utf8)
        guard var position = Self.index(of: Array("BEGIN:VEVENT\r\n".utf8), in: bytes, from: 0) else { return }
        let head = bytes[..<position]
        var joined = Data()
        var count = 0
        while count < Self.smallFiles, let last = Self.index(of: end, in: bytes, from: position) {
            let event = bytes[position..<last + end.count]
            position = event.endIndex
            guard Self.index(of: Array("\r\nR".utf8), in: event, from: event.startIndex) == nil else { continue }
            let calendar = Data(head + event + Array("END:VCALENDAR\r\n".utf8))
            try calendar.write(to: small.appending(path: "\(count).ics"))
            joined += calendar
            count += 1
        }
        try joined.write(to: self.joined)
    }

    /// Foundation's search copies all of the data each time.
    private static func index(of word: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        index(of: word, in: bytes[...], from: start)
    }

    private static func index(of word: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        var rest = bytes[start...]
        while let first = rest.firstIndex(of: word[0]) {
            rest = rest[first...]
            if rest.starts(with: word) { return first }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// Rooms that are booked now, `name` and a number.
    static func writeBookedRooms(_ count: Int, named name: String, to file: URL) throws {
        let stamp = DateFormatter()
        stamp.locale = Locale(identifier: "en_US_POSIX")
        stamp.timeZone = .gmt
        stamp.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
        let (start, end) = (stamp.string(from: Date(timeIntervalSinceNow: -3_600)), stamp.string(from: Date() + 36_000))
        let events = (0..<count).map { number in
            """
            BEGIN:VEVENT\r\nUID:\(name)-\(number)\r\nDTSTAMP:\(start)\r\nDTSTART:\(start)\r\nDTEND:\(end)\r\n\
            LOCATION:\(name)\(number)\r\nEND:VEVENT\r\n
            """
        }
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\(events.joined())END:VCALENDAR\r\n"
        try Data(text.utf8).write(to: file)
    }
}
