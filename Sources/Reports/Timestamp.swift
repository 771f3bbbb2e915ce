import Foundation
import Reservations

/// Instants as text: `2026-12-08T09:00:00Z`, whole seconds, proleptic Gregorian calendar.
enum Timestamp {
    static func utc(_ instant: Date) -> String {
        let fields = CivilTime(secondsSince1970: seconds(instant))
        return "\(fields.date)T\(fields.time):\(twoDigits(fields.second))Z"
    }

    /// As iCalendar writes it: `20261208T090000Z`.
    static func basic(_ instant: Date) -> String {
        utc(instant).filter { $0 != "-" && $0 != ":" }
    }

    /// Rounded down, and kept within the years 1 to 9999, which all formats can show.
    static func seconds(_ instant: Date) -> Int {
        let seconds = instant.timeIntervalSince1970.rounded(.down)
        return seconds.isNaN ? 0 : Int(min(max(seconds, -62_135_596_800), 253_402_300_799))
    }

    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Spans for people: `2026-12-08 10:00–11:00 +01:00`.
struct LocalTimes: Sendable {
    let zone: TimeZone

    func span(_ slot: TimeSlot) -> String {
        let (start, end) = (local(slot.start), local(slot.end))
        let (from, to) = (offset(slot.start), offset(slot.end))
        if start.date == end.date && from == to { return "\(start.date) \(start.time)–\(end.time) \(to)" }
        let first = from == to ? "" : " \(from)"
        return "\(start.date) \(start.time)\(first) – \(end.date) \(end.time) \(to)"
    }

    private func local(_ instant: Date) -> CivilTime {
        CivilTime(secondsSince1970: Timestamp.seconds(instant) + zone.secondsFromGMT(for: instant))
    }

    private func offset(_ instant: Date) -> String {
        let minutes = zone.secondsFromGMT(for: instant) / 60
        let size = abs(minutes)
        return "\(minutes < 0 ? "-" : "+")\(Timestamp.twoDigits(size / 60)):\(Timestamp.twoDigits(size % 60))"
    }
}

/// A day and a time of the proleptic Gregorian calendar.
struct CivilTime {
    private let year: Int
    private let month: Int
    private let day: Int
    private let secondOfDay: Int

    /// For the year 0 and later. Counts in eras of 400 years that begin on 1 March, so that the leap day is the last
    /// one of its year.
    init(secondsSince1970 seconds: Int) {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        secondOfDay = seconds - days * 86_400
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var second: Int { secondOfDay % 60 }
    var date: String {
        let digits = String(year)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "\(padded)-\(Timestamp.twoDigits(month))-\(Timestamp.twoDigits(day))"
    }
    var time: String {
        "\(Timestamp.twoDigits(secondOfDay / 3_600)):\(Timestamp.twoDigits(secondOfDay / 60 % 60))"
    }
}
