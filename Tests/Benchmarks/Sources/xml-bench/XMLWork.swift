import BookingXML
import Foundation
import Glibc

/// Reading a file as the service reads it: in pieces, each booking made and let go of.
enum XMLWork {
    struct Failure: Error {
        let what: String
    }

    /// How many bookings are in the file.
    static func read(_ path: String) throws -> Int {
        let file = unsafe open(path, O_RDONLY)
        guard file >= 0 else { throw Failure(what: "open \(path): \(errno)") }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var reader = BookingXMLReader()
        var bookings = 0
        while true {
            let got = unsafe Glibc.read(file, &buffer, buffer.count)
            guard got > 0 else { break }
            reader.feed(buffer.span.extracting(0..<got)) { bookings += $0.count }
        }
        let reading = reader.finish { bookings += $0.count }
        guard reading.isAccepted else { throw Failure(what: "\(path) was not accepted: \(reading.diagnostics)") }
        return bookings
    }
}

extension XMLItem {
    fileprivate var count: Int {
        switch self {
        case .booking: 1
        case .rejected, .zone, .calendar: 0
        }
    }
}
