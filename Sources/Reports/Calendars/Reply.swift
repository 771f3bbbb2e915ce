package import Diagnostics
package import Foundation
import ICalendar
package import Reservations

/// The answer of one room to the organizer of one UID (RFC 5546 §3.2.3): the series, then the occurrences that differ.
package struct Reply: Hashable, Sendable {
    let uid: String
    let organizer: Participant
    /// The room's address.
    let attendee: Participant
    let answers: [Answer]

    struct Answer: Hashable, Sendable {
        /// `nil` for the booking itself, or the whole series.
        var recurrenceID: RecurrenceID?
        var sequence: Int
        var status: ParticipationStatus
        /// Left out where another entry of the UID could not be read at all (RFC 5546 §3.6).
        var request: RequestStatus?
        var comment: String?
        var decidedAt: Date
    }

    enum ParticipationStatus: String, Hashable, Sendable {
        case accepted = "ACCEPTED"
        case tentative = "TENTATIVE"
        case declined = "DECLINED"
    }

    /// `nil` when nothing was decided about the UID in this room.
    ///
    /// - Parameters:
    ///   - decided: the reservations of the UID in the room, any order.
    ///   - rejected: the entries of the UID that could not be read, any order.
    package init?(
        to organizer: Participant, from attendee: Participant, uid: String, decided: [DecidedEntry],
        rejected: [RefusedEntry], context: ReportContext
    ) {
        let refusals = Dictionary(grouping: rejected, by: \.recurrenceID).compactMapValues { entries in
            entries.max { $0.sequence < $1.sequence }.flatMap { Answer($0, besides: decided) }
        }
        // Where a new revision could not be read, that is what the organizer has to know about the entry.
        let answers = Self.answers(to: decided, context.forOrganizer).filter { refusals[$0.recurrenceID] == nil }
        let all = answers + refusals.values
        guard !all.isEmpty else { return nil }
        self.uid = uid
        self.organizer = organizer
        self.attendee = attendee
        let isUnreadable = all.contains { $0.request?.rawValue.hasPrefix("3.") ?? false }
        self.answers = all.map { answer in
            guard isUnreadable, !(answer.request?.rawValue.hasPrefix("3.") ?? false) else { return answer }
            var copy = answer
            copy.request = nil
            return copy
        }.sorted { ($0.recurrenceID?.text ?? "") < ($1.recurrenceID?.text ?? "") }
    }

    private static func answers(to decided: [DecidedEntry], _ context: ReportContext) -> [Answer] {
        let entries = decided.sorted { $0.reported.reservation.slot < $1.reported.reservation.slot }
            .map { (entry: $0, answer: Answer($0, context: context)) }
        let ofSeries = entries.filter { !$0.entry.isOverride && $0.answer.recurrenceID != nil }
        let taken = ofSeries.filter { $0.answer.status != .declined && $0.entry.reported.decision.code != .promoted }
        // The series is what most of it is: taken as soon as one of its occurrences is.
        guard let model = (taken.first ?? ofSeries.first)?.answer else { return entries.map(\.answer) }
        let alike = ofSeries.map(\.answer).filter { $0.isLike(model) }
        var series = model
        series.recurrenceID = nil
        series.comment = alike.count == 1 || model.status != .declined ? model.comment : "no occurrence has its slot"
        series.decidedAt = alike.map(\.decidedAt).min() ?? model.decidedAt
        let others = entries.filter { $0.entry.reported.decision.code == .promoted || !$0.answer.isLike(model) }
        return [series] + others.map(\.answer)
    }
}

extension ReportContext {
    /// The answer goes to one who may not know what else is booked.
    fileprivate var forOrganizer: Self {
        var context = self
        context.reader = .organizer
        return context
    }
}

extension Reply.Answer {
    fileprivate func isLike(_ other: Self) -> Bool { status == other.status && request == other.request }

    fileprivate init(_ entry: DecidedEntry, context: ReportContext) {
        let reservation = entry.reported.reservation
        let finding = Finding(entry.reported, context: context)
        recurrenceID = reservation.id.recurrenceID
        sequence = entry.sequence
        decidedAt = entry.decidedAt
        if entry.isHonoured {
            status = reservation.participation == .tentative ? .tentative : .accepted
            request = entry.remark ?? .success
            comment = finding.code.map { _ in finding.message }
        } else {
            status = .declined
            request = .busy
            comment = [finding.message, finding.hint].compactMap(\.self).joined(separator: ". ")
        }
    }

    /// `nil` where RFC 5546 has no word for what is wrong.
    fileprivate init?(_ entry: RefusedEntry, besides decided: [DecidedEntry]) {
        guard let request = RequestStatus(entry.code) else { return nil }
        self.request = request
        recurrenceID = entry.recurrenceID
        sequence = entry.sequence
        status = .declined
        // A series is in force by its occurrences.
        let isInForce = decided.contains { older in
            older.isHonoured
                && (entry.recurrenceID == nil || older.reported.reservation.id.recurrenceID == entry.recurrenceID)
        }
        comment =
            "\(entry.message). \(Catalogue.entry(for: entry.code).hint)"
            + (isInForce ? " What was granted before stays in force." : "")
        decidedAt = entry.refusedAt
    }
}

/// A reservation that is answered.
package struct DecidedEntry: Hashable, Sendable {
    package var reported: ReportedReservation
    package var sequence: Int
    /// Whether it is an entry of its own beside its series.
    package var isOverride: Bool
    /// Whether its organizer has the slot: by a grant, or by that of the same meeting under another UID.
    package var isHonoured: Bool
    /// What was found in the entry that left it in force.
    package var remark: RequestStatus?
    package var decidedAt: Date

    package init(
        _ reported: ReportedReservation, sequence: Int, isOverride: Bool, isHonoured: Bool, remark: RequestStatus?,
        decidedAt: Date
    ) {
        self.reported = reported
        self.sequence = sequence
        self.isOverride = isOverride
        self.isHonoured = isHonoured
        self.remark = remark
        self.decidedAt = decidedAt
    }
}

/// An entry that could not be read, and is answered all the same.
package struct RefusedEntry: Hashable, Sendable {
    package var recurrenceID: RecurrenceID?
    package var sequence: Int
    package var code: DiagnosticCode
    package var message: String
    package var refusedAt: Date

    package init(
        recurrenceID: RecurrenceID?, sequence: Int, code: DiagnosticCode, message: String, refusedAt: Date
    ) {
        self.recurrenceID = recurrenceID
        self.sequence = sequence
        self.code = code
        self.message = message
        self.refusedAt = refusedAt
    }
}
