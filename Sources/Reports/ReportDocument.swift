package import Diagnostics

/// What a report says, whatever it is about: facts about the whole, counts, and one list. Every report is turned into
/// this, and each format writes this and nothing else.
package struct ReportDocument: Hashable, Sendable {
    /// XML's root element.
    var name: String
    /// About the whole: members in JSON, attributes in XML.
    var facts: [ReportField]
    /// A group of their own; `nil` where the list is all there is.
    var counts: [ReportField]?
    var list: List

    struct List: Hashable, Sendable {
        /// Of the list, such as `findings`.
        var name: String
        /// Of one item, such as `finding`.
        var item: String
        /// The names of an item's fields, in order.
        var columns: [String]
        /// Every item has all columns, in their order.
        var items: [[ReportField]]
        /// How many there were before the list was cut.
        var total: Int
    }

    var isCut: Bool { list.items.count < list.total }
}

extension ReportDocument.List {
    init(_ name: String, of findings: [Finding], total: Int) {
        self.init(
            name: name, item: "finding", columns: Finding(message: "").fields.map(\.name),
            items: findings.map(\.fields), total: total)
    }
}

extension ExportReport: Report {
    package var gravest: Severity? { findings.map(\.severity).max() }
    package var document: ReportDocument {
        ReportDocument(
            name: "report",
            facts: [
                ReportField("source", FieldValue(source)),
                ReportField("export", FieldValue(export, limit: ReportText.messageLimit)),
                ReportField("verdict", .text(verdict.rawValue)),
            ],
            counts: counts.fields, list: ReportDocument.List("findings", of: findings, total: findingsTotal))
    }
}

extension ExportReport.Counts {
    /// The counts in the order of all formats.
    package var named: [(name: String, count: Int)] {
        [
            ("bookings", bookings), ("rejected", rejected), ("granted", granted), ("declined", declined),
            ("duplicate", duplicate), ("withdrawn", withdrawn), ("ignored", ignored), ("errors", errors),
            ("warnings", warnings), ("notes", notes),
        ]
    }

    var fields: [ReportField] { named.map { ReportField($0.name, $0.count) } }
}

extension ConflictReport: Report {
    package var gravest: Severity? { conflicts.map(\.severity).max() }
    package var document: ReportDocument {
        ReportDocument(
            name: "conflicts", facts: [],
            list: ReportDocument.List("conflicts", of: conflicts, total: conflictsTotal))
    }
}
