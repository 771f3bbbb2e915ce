package import Diagnostics
import Foundation
import Reservations

extension Finding {
    /// A diagnostic about `file` or one of its entries.
    package init(_ diagnostic: Diagnostic, file: String?, zone: String? = nil) {
        let concernsEntry = diagnostic.uid != nil || diagnostic.code.concernsEntry
        self.init(
            file: file ?? diagnostic.file, line: diagnostic.line, uid: diagnostic.uid, zone: zone,
            verdict: concernsEntry ? EntryVerdict(diagnostic) : nil,
            code: diagnostic.code, severity: diagnostic.severity, actor: Catalogue.entry(for: diagnostic.code).actor,
            message: diagnostic.message, hint: diagnostic.hint,
            requestStatus: concernsEntry ? RequestStatus(diagnostic.code) : nil)
    }

    /// By line, then by what tells entries of one line apart; whole-file findings first.
    static func inOrderOfFile(_ first: Finding, _ second: Finding) -> Bool {
        guard first.key == second.key else { return first.key < second.key }
        guard first.place == second.place else { return first.place < second.place }
        return (first.code?.rawValue ?? "", first.message) < (second.code?.rawValue ?? "", second.message)
    }

    private var key: OrderKey { OrderKey(line: line ?? 0, file: file ?? "", uid: uid ?? "") }
    private var place: PlaceKey {
        PlaceKey(start: slot?.start ?? .distantPast, room: room ?? "", recurrenceID: recurrenceID ?? "")
    }
}

private struct OrderKey: Equatable {
    let line: Int
    let file: String
    let uid: String

    static func < (lhs: OrderKey, rhs: OrderKey) -> Bool {
        (lhs.line, lhs.file, lhs.uid) < (rhs.line, rhs.file, rhs.uid)
    }
}

private struct PlaceKey: Equatable {
    let start: Date
    let room: String
    let recurrenceID: String

    static func < (lhs: PlaceKey, rhs: PlaceKey) -> Bool {
        (lhs.start, lhs.room, lhs.recurrenceID) < (rhs.start, rhs.room, rhs.recurrenceID)
    }
}

extension EntryVerdict {
    /// `nil` where the finding changes nothing.
    fileprivate init?(_ diagnostic: Diagnostic) {
        switch diagnostic.severity {
        case .error: self = .rejected
        case .warning where !diagnostic.code.leavesEntryAsWritten: self = .adjusted
        case .note where diagnostic.code == .staleRevision: self = .ignored
        case .warning, .note: return nil
        }
    }
}

extension DiagnosticCode {
    /// Whether what it warns of is taken as it is written.
    var leavesEntryAsWritten: Bool {
        [.noOwner, .moreAttendeesThanSeats, .unannouncedTimeChange].contains(self)
    }

    /// Whether it is said about an entry even where no UID is known.
    fileprivate var concernsEntry: Bool {
        switch rawValue.prefix(3) {
        case "BKG", "CNF", "EXP": true
        case "ICS": self != .foreignComponent && self != .foreignMethod && self != .unsupportedVersion
        case "XML": self == .missingElement || self == .badElementValue
        default: false
        }
    }
}
