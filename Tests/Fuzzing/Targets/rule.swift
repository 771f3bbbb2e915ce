import Foundation
import ICalendar

private let resolver = TimeZoneResolver(
    database: .system, defaultZone: TimeZoneDatabase.system.zone(named: "Europe/Berlin") ?? .utc)
private let year = 31_556_952.0

/// The first byte chooses the form of the start, the rest is the rule.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let form = bytes.first else { return 0 }
    let rule: RecurrenceRule
    do throws(ICalendarError) {
        // Rules of vCalendar 1.0 have no equals sign.
        let isOld = !bytes.dropFirst().contains(UInt8(ascii: "="))
        rule = try isOld ? RecurrenceRule(vCalendar: bytes.dropFirst()) : RecurrenceRule(bytes.dropFirst())
    } catch {
        precondition(error.offset >= 0 && error.offset <= bytes.count && !error.message.isEmpty)
        return 0
    }
    guard let again = try? RecurrenceRule(rule.description.utf8) else { preconditionFailure(rule.description) }
    precondition(again.description == rule.description)
    var event = Event()
    guard let date = CalendarDate(year: 2_026, month: 1 + Int(form >> 2) % 12, day: 29 - Int(form >> 6)),
        let local = LocalDateTime(date: date, secondOfDay: 9_000)
    else { return 0 }
    switch form % 4 {
    case 0: event.start = .date(date)
    case 1: event.start = .floating(local)
    case 2: event.start = .utc(local)
    case _: event.start = .zoned(local, tzid: "America/New_York")
    }
    event.rules = [rule]
    let series = EventSeries(master: event)
    for far in [0, 2, 1_000] as [Double] {
        let from = Date(timeIntervalSince1970: 1_767_225_600 + far * year)
        let window = from..<from.addingTimeInterval(year)
        let found = series.expansion(in: window, resolver: resolver).occurrences
        precondition(found.allSatisfy { window.contains($0.start) })
        precondition(zip(found, found.dropFirst()).allSatisfy { $0.start < $1.start })
    }
    return 0
}
