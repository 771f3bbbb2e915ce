import Foundation

/// What the C library's `zdump` reads out of the same files: a reader of zones that is not ours.
///
/// Foundation would not do: it brings a database of its own, of another year than the system's.
enum ZoneDump {
    static let program: URL? = {
        let places = ["/usr/bin/zdump", "/usr/sbin/zdump"]
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }
    }()

    struct Row {
        let zone: String
        let instant: Date
        let offset: Int
    }

    /// One row for the second before each change of an offset and one for the second of it, in 2000–2037.
    static func rows(_ zones: [String]) throws -> [Row] {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = ["-v", "-c", "2000,2037"] + zones
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap(row)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Europe/Berlin  Sun Mar 28 00:59:59 2021 UT = Sun Mar 28 01:59:59 2021 CET isdst=0 gmtoff=3600`
    private static func row(_ line: Substring) -> Row? {
        let words = line.split(separator: " ")
        guard words.count == 16, let offset = Int(words[15].dropFirst("gmtoff=".count)),
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let (zone, day, time, year) = (String(words[0]), words[3], words[4], words[5])
        let instant = try? Date("\(year)-\(padded(month + 1))-\(padded(day))T\(time)Z", strategy: .iso8601)
        return instant.map { Row(zone: zone, instant: $0, offset: offset) }
    }

    private static func padded(_ number: some CustomStringConvertible) -> String {
        String(repeating: "0", count: 2 - number.description.count) + number.description
    }
}
