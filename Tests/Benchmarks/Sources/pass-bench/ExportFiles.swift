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
        let begin = Data("BEGIN:VEVENT\r\n".utf8)
        let data = Data(bytes)
        guard let first = data.range(of: begin) else { return }
        let head = data[..<first.lowerBound]
        let end = Data("END:VEVENT\r\n".utf8)
        var joined = Data()
        var position = first.lowerBound
        var count = 0
        while count < Self.smallFiles, let stop = data.range(of: end, in: position..<data.endIndex) {
            let event = data[position..<stop.upperBound]
            position = stop.upperBound
            guard event.range(of: Data("\r\nR".utf8)) == nil else { continue }
            let calendar = head + event + Data("END:VCALENDAR\r\n".utf8)
            try calendar.write(to: small.appending(path: "\(count).ics"))
            joined += calendar
            count += 1
        }
        try joined.write(to: self.joined)
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
