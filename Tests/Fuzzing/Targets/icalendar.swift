import Foundation
import ICalendar

private let database = TimeZoneDatabase.system
private let window = Date(timeIntervalSince1970: 1_767_225_600)..<Date(timeIntervalSince1970: 1_798_761_600)

/// Asks for everything that a document offers.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let document = CalendarDocument([UInt8](UnsafeBufferPointer(start: start, count: count)))
    for component in document.components { walk(component) }
    for calendar in document.calendars {
        let (zones, diagnostics) = calendar.vtimezones()
        precondition((calendar.diagnostics + diagnostics).allSatisfy { $0.line > 0 })
        let resolver = TimeZoneResolver(database: database, vtimezones: zones, defaultZone: .utc)
        let decoded = Array(calendar.events)
        for event in decoded { precondition(event.diagnostics.allSatisfy { $0.line > 0 }) }
        let grouped = EventSeries.grouping(decoded.filter { !$0.isRejected }.map(\.event))
        // Nothing is left of a series whose events are all rejected.
        let given = calendar.series(decoding: .times).map(\.series).filter { $0.master != nil || !$0.overrides.isEmpty }
        precondition(Set(given.map(\.uid)) == Set(grouped.map(\.uid)) && given.count == grouped.count)
        for series in grouped {
            let expansion = series.expansion(in: window, resolver: resolver)
            precondition(expansion.occurrences.allSatisfy { window.contains($0.start) })
            let starts = expansion.occurrences.map(\.start)
            precondition(starts == starts.sorted())
        }
    }
    return 0
}

private func walk(_ component: ComponentView) {
    precondition(component.line > 0)
    _ = component.unfoldedBytes.count + component.name.utf8.count
    for property in component.properties {
        _ = property.text.utf8.count + property.textList.count + property.parameters.count
        _ = property.user.address.utf8.count
        _ = try? property.times()
        _ = try? property.duration()
        _ = try? property.rule()
    }
    for inner in component.components { walk(inner) }
}
