import Diagnostics
import Foundation
import Reservations

extension ExportReport {
    /// The report as a page that needs nothing else, in UTF-8.
    package func html() -> [UInt8] {
        page(titled: "Report on \(export)") { markup in
            markup.element("p", [("class", "verdict")]) { markup in
                markup.element("strong", text: verdict.rawValue)
                markup.element("span", text: "source \(ReportText.clean(source, limit: ReportText.valueLimit))")
            }
            let counted = counts.named.filter { $0.1 > 0 }
            if !counted.isEmpty {
                markup.element("dl") { markup in
                    for (name, count) in counted {
                        markup.element("dt", text: name)
                        markup.element("dd", text: String(count))
                    }
                }
            }
            markup.table(of: findings, total: findingsTotal, without: "Nothing to report.")
        }
    }
}

extension ConflictReport {
    /// The report as a page that needs nothing else, in UTF-8.
    package func html() -> [UInt8] {
        page(titled: "Open conflicts") { markup in
            markup.table(of: conflicts, total: conflictsTotal, without: "No conflicts: every booking has its room.")
        }
    }
}

extension Markup {
    /// A table with one row an item, or the words for none.
    mutating func table<Item>(
        of items: [Item], total: Int, titles: [String], without: String, row: (inout Markup, Item) -> Void
    ) {
        guard !items.isEmpty else {
            element("p", text: without)
            return
        }
        element("table") { markup in
            markup.element("thead") { markup in
                markup.element("tr") { markup in
                    for title in titles { markup.element("th", [("scope", "col")], text: title) }
                }
            }
            markup.element("tbody") { markup in
                for item in items { row(&markup, item) }
            }
        }
        if items.count < total { element("p", text: "\(total - items.count) more are not listed.") }
    }

    fileprivate mutating func table(of findings: [Finding], total: Int, without: String) {
        table(of: findings, total: total, titles: ["Verdict", "Booking", "Finding", "Where"], without: without) {
            $0.row($1)
        }
    }

    private mutating func row(_ finding: Finding) {
        var fields = Dictionary(uniqueKeysWithValues: finding.fields.map { ($0.name, $0.value) })
        fields["when"] = FieldValue(finding.localSpan)
        element("tr", [("class", finding.severity.rawValue)]) { markup in
            markup.element(
                "th", [("scope", "row")], text: "\(finding.severity.mark) \(finding.verdict?.rawValue ?? "–")")
            markup.cell("Booking", ["summary", "room", "when", "owner"], of: fields)
            markup.cell("Finding", ["code", "message", "hint"], of: fields)
            markup.cell("Where", ["file", "line", "uid", "recurrence_id"], of: fields)
        }
    }

    /// The named fields that have a value, each on a line, apart from each other's direction of writing.
    mutating func cell(_ title: String, _ names: [String], of fields: [String: FieldValue]) {
        element("td", [("data-title", title)]) { markup in
            for name in names {
                switch fields[name] {
                case .text(let text) where !text.isEmpty:
                    markup.element("div", [("class", name), ("dir", "auto")], text: text)
                case .number(let number): markup.element("div", [("class", name)], text: "\(name) \(number)")
                case .text, .blocking, .none?, nil: break
                }
            }
        }
    }
}

extension Finding {
    /// The booked time for people; in UTC where the zone is unknown.
    var localSpan: String? {
        slot.map { LocalTimes(zone: zone.flatMap { TimeZone(identifier: $0) } ?? .gmt).span($0) }
    }
}

extension Severity {
    /// A shape, so that nobody depends on the colour.
    fileprivate var mark: String {
        switch self {
        case .note: "○"
        case .warning: "△"
        case .error: "✕"
        }
    }
}

extension ExpiryReport {
    package func html() -> [UInt8] {
        page(titled: "Reservations that ended on \(day)") { markup in
            markup.table(
                of: items, total: itemsTotal, titles: ["Outcome", "Booking", "Use", "Where"],
                without: "No reservation ended on this day."
            ) { $0.row($1, zone: zone) }
        }
    }
}

extension Markup {
    fileprivate mutating func row(_ item: ExpiryReport.Item, zone: TimeZone) {
        var fields = Dictionary(uniqueKeysWithValues: item.fields(zone: zone).map { ($0.name, $0.value) })
        fields["when"] = FieldValue(LocalTimes(zone: zone).span(item.slot))
        element("tr", [("class", item.expiry.outcome.rawValue)]) { markup in
            let correction = item.revision > 1 ? ", revision \(item.revision)" : ""
            markup.element("th", [("scope", "row")], text: "\(item.expiry.outcome.rawValue)\(correction)")
            markup.cell("Booking", ["summary", "room", "when", "owner"], of: fields)
            markup.cell("Use", ["code", "message", "hint", "openings"], of: fields)
            markup.cell("Where", ["file", "line", "uid", "recurrence_id"], of: fields)
        }
    }
}
