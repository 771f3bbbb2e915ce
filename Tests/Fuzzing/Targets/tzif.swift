import Foundation
import ICalendar

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let zone = TimeZoneDefinition(name: "fuzzed", tzif: bytes) else { return 0 }
    for century in -3...6 {
        let instant = Date(timeIntervalSince1970: Double(century) * 3_155_760_000 + Double(count))
        precondition(abs(zone.offset(at: instant)) < 2 * 86_400)
        guard let local = zone.localTime(at: instant) else { continue }
        precondition(abs(zone.instant(of: local).timeIntervalSince(instant)) < 4 * 86_400)
    }
    return 0
}
