import Foundation
import ICalendar

/// What all of our iCalendar files have in common.
enum CalendarText {
    /// Tells our own files apart: an export that has it is not imported (SRC012).
    static let productID = "-//Bookwatch//Reports 1//EN"

    /// The bytes of a calendar with these components.
    static func bytes(method: String?, _ components: [WrittenComponent]) -> [UInt8] {
        var properties = [
            WrittenProperty("VERSION", rawValue: "2.0"), WrittenProperty("PRODID", text: productID),
        ]
        if let method { properties.append(WrittenProperty("METHOD", rawValue: method)) }
        return WrittenComponent("VCALENDAR", properties: properties, components: components).bytes
    }

    static func instant(_ name: String, _ instant: Date) -> WrittenProperty {
        WrittenProperty(name, rawValue: Timestamp.basic(instant))
    }
}
