import Foundation
import ICalendar
import Reservations

extension Reply {
    /// The reply as it may be sent, in UTF-8.
    package func bytes() -> [UInt8] {
        CalendarText.bytes(method: "REPLY", answers.map(event))
    }

    private func event(_ answer: Answer) -> WrittenComponent {
        var properties = [
            WrittenProperty("UID", text: uid),
            CalendarText.instant("DTSTAMP", answer.decidedAt),
            WrittenProperty("SEQUENCE", rawValue: String(answer.sequence)),
        ]
        if let id = answer.recurrenceID { properties.append(Self.property(id)) }
        properties.append(WrittenProperty("ORGANIZER", rawValue: "mailto:\(organizer.address)"))
        properties.append(
            WrittenProperty(
                "ATTENDEE", rawValue: "mailto:\(attendee.address)",
                parameters: [
                    PropertyParameter(name: "CUTYPE", values: ["ROOM"]),
                    PropertyParameter(name: "PARTSTAT", values: [answer.status.rawValue]),
                ]))
        if let request = answer.request {
            // Code and words are parts of a structured value (§3.8.8.3): the words alone are text.
            properties.append(WrittenProperty("REQUEST-STATUS", rawValue: request.escapedText))
        }
        if let comment = answer.comment {
            properties.append(
                WrittenProperty("COMMENT", text: ReportText.clean(comment, limit: ReportText.messageLimit)))
        }
        return WrittenComponent("VEVENT", properties: properties)
    }

    /// A local day, or an instant in UTC.
    private static func property(_ id: RecurrenceID) -> WrittenProperty {
        let isDay = !id.text.contains("T")
        return WrittenProperty(
            "RECURRENCE-ID", rawValue: id.text,
            parameters: isDay ? [PropertyParameter(name: "VALUE", values: ["DATE"])] : [])
    }
}
