package import Diagnostics
package import Foundation
package import Reservations

/// What became of the reservations that ended on one day.
///
/// A correction comes as a further item with a higher revision; of one reservation the greatest counts.
package struct ExpiryReport: Hashable, Sendable {
    /// As `2026-11-22`, in `zone`.
    package var day: String
    package var zone: TimeZone
    /// By end, room and revision; at most as many as the context allows.
    package var items: [Item]
    /// How many there were before the list was cut.
    package var itemsTotal: Int

    package struct Item: Hashable, Sendable {
        package var id: ReservationID
        package var slot: TimeSlot
        package var expiry: Expiry
        /// From 1.
        package var revision: Int
        /// The file, with its source's name before it.
        package var file: String
        package var line: Int
        package var sequence: Int
        package var shownRoom: String
        package var owner: Participant?
        package var summary: String?
        package var writtenAt: Date

        package init(
            id: ReservationID, slot: TimeSlot, expiry: Expiry, revision: Int, file: String, line: Int, sequence: Int,
            shownRoom: String, owner: Participant?, summary: String?, writtenAt: Date
        ) {
            self.id = id
            self.slot = slot
            self.expiry = expiry
            self.revision = revision
            self.file = file
            self.line = line
            self.sequence = sequence
            self.shownRoom = shownRoom
            self.owner = owner
            self.summary = summary
            self.writtenAt = writtenAt
        }
    }

    package init(day: LocalDay, items: [Item], context: ReportContext) {
        self.day = day.text
        zone = day.zone
        itemsTotal = items.count
        self.items = Array(items.sorted { $0.precedes($1) }.prefix(context.findingLimit))
    }
}

extension ExpiryReport: Report {
    package var gravest: Severity? { items.map(\.severity).max() }
    package var document: ReportDocument {
        ReportDocument(
            name: "expiries",
            facts: [ReportField("day", .text(day)), ReportField("zone", FieldValue(zone.identifier))],
            list: ReportDocument.List(
                name: "expiries", item: "expiry", columns: Self.columns, items: items.map { $0.fields(zone: zone) },
                total: itemsTotal))
    }

    /// The names of an item's fields in the order of all formats.
    private static let columns = [
        "file", "line", "uid", "recurrence_id", "sequence", "room", "owner", "summary", "start", "end", "zone",
        "verdict", "outcome", "minutes", "openings", "revision", "written", "code", "severity", "actor", "message",
        "hint",
    ]
}

extension ExpiryReport.Item {
    fileprivate func precedes(_ other: Self) -> Bool {
        if slot.end != other.slot.end { return slot.end < other.slot.end }
        if id != other.id { return id < other.id }
        return (slot.start, revision) < (other.slot.start, other.revision)
    }

    func fields(zone: TimeZone) -> [ReportField] {
        let entry = expiry.code.map { Catalogue.entry(for: $0) }
        return [
            ReportField("file", FieldValue(file)),
            ReportField("line", line),
            ReportField("uid", FieldValue(id.uid)),
            ReportField("recurrence_id", FieldValue(id.recurrenceID?.text)),
            ReportField("sequence", sequence),
            ReportField("room", FieldValue(shownRoom)),
            ReportField("owner", FieldValue(owner?.address)),
            ReportField("summary", FieldValue(summary)),
            ReportField("start", FieldValue(Timestamp.utc(slot.start))),
            ReportField("end", FieldValue(Timestamp.utc(slot.end))),
            ReportField("zone", FieldValue(zone.identifier)),
            ReportField("verdict", .text(EntryVerdict.expired.rawValue)),
            ReportField("outcome", .text(expiry.outcome.rawValue)),
            ReportField("minutes", expiry.minutes),
            ReportField("openings", expiry.openings),
            ReportField("revision", revision),
            ReportField("written", FieldValue(Timestamp.utc(writtenAt))),
            ReportField("code", FieldValue(expiry.code?.rawValue)),
            ReportField("severity", .text(severity.rawValue)),
            ReportField("actor", FieldValue(entry?.actor.rawValue)),
            ReportField("message", FieldValue(message, limit: ReportText.messageLimit)),
            ReportField("hint", FieldValue(entry?.hint, limit: ReportText.messageLimit)),
        ]
    }

    fileprivate var severity: Severity {
        expiry.code.map { Catalogue.entry(for: $0).severity } ?? .note
    }

    private var message: String {
        let booked = Int((slot.length / 60).rounded())
        let use = "room \(shownRoom) was open \(expiry.minutes) of \(booked) min"
        guard !expiry.closedByClock else { return "\(use); no word of its end came, so our own clock closed it" }
        return switch expiry.outcome {
        case .used: use
        case .endedEarly: "\(use); everybody had left well before the end"
        case .cutOff: "\(use); people were still there when it closed"
        case .noShow: "room \(shownRoom) was never opened"
        case .unobserved: "room \(shownRoom) was not opened as far as is known: for part of the time nobody could"
        }
    }
}
