package import Diagnostics
import Foundation
import Reservations

extension ExportReport {
    /// What is said about one booking: each refusal, and its grants, those of a series in one item a room.
    static func findings(
        of entry: ReportedBooking, remarks: EntryRemarks, file: String, counts: inout Counts, context: ReportContext
    ) -> [Finding] {
        let booking = entry.booking
        guard booking.participation.takesPart else {
            return [outOfPlay(booking, file: file, counts: &counts, zone: context.zone.identifier)]
        }
        var refusals: [Finding] = []
        var grants: [RoomName: [Finding]] = [:]
        for reported in entry.reservations {
            var finding = Finding(
                reported, file: file, line: booking.line, sequence: booking.revision.sequence, context: context)
            switch reported.decision.verdict {
            case .granted:
                counts.granted += 1
                remarks.qualify(&finding)
                // A grant with a story of its own, such as a promotion, is told by itself.
                if finding.code == nil {
                    grants[reported.reservation.id.room, default: []].append(finding)
                } else {
                    refusals.append(finding)
                }
            case .declined:
                counts.declined += 1
                refusals.append(finding)
            case .duplicate:
                counts.duplicate += 1
                refusals.append(finding)
            }
        }
        return refusals + grants.sorted { $0.key < $1.key }.compactMap { joined($0.value) }
    }

    /// The plain grants of one booking in one room as one item: that of the first, saying how many there are.
    private static func joined(_ grants: [Finding]) -> Finding? {
        let byStart = grants.sorted(by: Finding.inOrderOfFile)
        guard var first = byStart.first, grants.count > 1 else { return byStart.first }
        first.message += grants.count == 2 ? ", and 1 more occurrence" : ", and \(grants.count - 1) more occurrences"
        first.recurrenceID = nil
        return first
    }

    private static func outOfPlay(
        _ booking: Booking, file: String, counts: inout Counts, zone: String
    ) -> Finding {
        var finding = Finding(
            file: file, line: booking.line, uid: booking.key.uid, recurrenceID: booking.key.recurrenceID?.text,
            sequence: booking.revision.sequence, room: booking.rooms.first?.shown, owner: booking.owner?.address,
            summary: booking.summary, slot: booking.occurrences.first?.slot, zone: zone, message: "")
        switch booking.participation {
        case .cancelled:
            counts.withdrawn += 1
            finding.verdict = .withdrawn
            finding.message = "is cancelled and books nothing"
        case .transparent:
            counts.ignored += 1
            finding.verdict = .ignored
            finding.message = "takes no time (TRANSP:TRANSPARENT) and books nothing"
        case .roomDeclined:
            counts.ignored += 1
            finding.verdict = .ignored
            finding.message = "was declined by the room itself and books nothing"
        case .confirmed, .tentative:
            break
        }
        return finding
    }
}

/// What was found in a content that leaves its entries in force, but not quite as they are written.
package struct EntryRemarks: Sendable {
    private var adjusted: Set<String> = []
    private var statuses: [String: RequestStatus] = [:]

    package init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics where diagnostic.severity < .error {
            guard let uid = diagnostic.uid else { continue }
            if diagnostic.severity == .warning, !diagnostic.code.leavesEntryAsWritten { adjusted.insert(uid) }
            guard let status = RequestStatus(diagnostic.code) else { continue }
            // One status an entry: the first kind in the order of the standard, whatever came first in the file.
            statuses[uid] = min(statuses[uid] ?? status, status)
        }
    }

    /// What they mean for the answer to the entries of this UID.
    package func status(of uid: String) -> RequestStatus? { statuses[uid] }

    /// Tells in a plain grant that not all of the entry was taken as it is written.
    func qualify(_ grant: inout Finding) {
        guard grant.verdict == .granted, let uid = grant.uid else { return }
        if adjusted.contains(uid) { grant.verdict = .adjusted }
        grant.requestStatus = statuses[uid] ?? grant.requestStatus
    }
}
