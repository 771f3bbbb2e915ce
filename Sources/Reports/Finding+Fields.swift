import Diagnostics
import Reservations

extension Finding {
    /// The fields in the order of all formats; each finding has all of them (design: reports).
    var fields: [ReportField] {
        [
            ReportField("file", FieldValue(file)),
            ReportField("line", FieldValue(line)),
            ReportField("uid", FieldValue(uid)),
            ReportField("recurrence_id", FieldValue(recurrenceID)),
            ReportField("sequence", FieldValue(sequence)),
            ReportField("room", FieldValue(room)),
            ReportField("owner", FieldValue(owner)),
            ReportField("summary", FieldValue(summary)),
            ReportField("start", FieldValue(slot.map { Timestamp.utc($0.start) })),
            ReportField("end", FieldValue(slot.map { Timestamp.utc($0.end) })),
            ReportField("zone", FieldValue(zone)),
            ReportField("verdict", FieldValue(verdict?.rawValue)),
            ReportField("code", FieldValue(code?.rawValue)),
            ReportField("severity", FieldValue(severity.rawValue)),
            ReportField("actor", FieldValue(actor?.rawValue)),
            ReportField("message", FieldValue(message, limit: ReportText.messageLimit)),
            ReportField("hint", FieldValue(hint, limit: ReportText.messageLimit)),
            ReportField("blocking", .blocking(blocking.map(\.fields))),
            ReportField("granted_start", FieldValue(granted.map { Timestamp.utc($0.start) })),
            ReportField("granted_end", FieldValue(granted.map { Timestamp.utc($0.end) })),
            ReportField("request_status", FieldValue(requestStatus?.text)),
        ]
    }
}

extension Blocker {
    fileprivate var fields: [ReportField] {
        [
            ReportField("uid", FieldValue(uid)),
            ReportField("room", FieldValue(room)),
            ReportField("start", FieldValue(Timestamp.utc(slot.start))),
            ReportField("end", FieldValue(Timestamp.utc(slot.end))),
            ReportField("source", FieldValue(source)),
            ReportField("reason", FieldValue(reason)),
        ]
    }
}
