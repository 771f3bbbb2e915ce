import Diagnostics
import Foundation
import Reservations

extension ExportReport {
    package func lines() -> [String] {
        let counted = counts.named.filter { $0.count > 0 }.map { "\($0.name) \($0.count)" }
        let name = ReportText.clean("\(source)/\(export)", limit: ReportText.messageLimit)
        let head = "\(name): \(verdict.rawValue)" + (counted.isEmpty ? "" : " (\(counted.joined(separator: ", ")))")
        return [head] + findings.flatMap(\.lines) + missing(of: findingsTotal, listed: findings.count)
    }
}

extension ConflictReport {
    package func lines() -> [String] {
        guard !conflicts.isEmpty else { return [] }
        var table = TextTable(["WHEN", "ROOM", "CODE", "BOOKING", "OWNER", "WHERE"])
        for conflict in conflicts {
            let cells = [
                conflict.localSpan, conflict.room, conflict.code?.rawValue, conflict.summary.orUID(conflict.uid ?? ""),
                conflict.owner, conflict.place,
            ]
            let words = [conflict.message, conflict.hint].compactMap(\.self)
            table.append(cells.map(cleanCell), below: words.map(cleanText))
        }
        return table.lines + missing(of: conflictsTotal, listed: conflicts.count)
    }
}

extension ExpiryReport {
    package func lines() -> [String] {
        guard !items.isEmpty else { return [] }
        var table = TextTable(["WHEN", "ROOM", "OUTCOME", "OPEN", "BOOKING", "OWNER", "WHERE"])
        let times = LocalTimes(zone: zone)
        for item in items {
            let booked = Int((item.slot.length / 60).rounded())
            let correction = item.revision > 1 ? ", revision \(item.revision)" : ""
            let cells = [
                times.span(item.slot), item.shownRoom, "\(item.expiry.outcome.rawValue)\(correction)",
                "\(item.expiry.minutes) of \(booked) min", item.summary.orUID(item.id.uid), item.owner?.address,
                "\(item.file):\(item.line)",
            ]
            table.append(cells.map(cleanCell))
        }
        return table.lines + missing(of: itemsTotal, listed: items.count)
    }
}

extension Finding {
    /// `team.ics:18: CNF001 error: …`, and the hint below it; a plain grant has its verdict instead of a code.
    fileprivate var lines: [String] {
        let kind = code.map { "\($0.rawValue) \(severity.rawValue)" } ?? verdict?.rawValue ?? severity.rawValue
        let head = [place, kind, message].compactMap(\.self).joined(separator: ": ")
        return [cleanText(head)] + (code == nil ? [] : [hint].compactMap(\.self).map { cleanText(" = help: \($0)") })
    }

    fileprivate var place: String? {
        let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        return place.isEmpty ? nil : place
    }
}

extension String? {
    /// What people call a booking; its UID where it has no title.
    fileprivate func orUID(_ uid: String) -> String { flatMap { $0.isEmpty ? nil : $0 } ?? uid }
}

private func cleanCell(_ text: String?) -> String { ReportText.clean(text ?? "", limit: ReportText.valueLimit) }

private func cleanText(_ text: String?) -> String { ReportText.clean(text ?? "", limit: ReportText.messageLimit) }

private func missing(of total: Int, listed: Int) -> [String] {
    total > listed ? ["\(total - listed) more are not listed."] : []
}
