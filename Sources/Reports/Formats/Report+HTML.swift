import Diagnostics
import Foundation

extension ExportReport {
    /// The report as a page that needs nothing else, in UTF-8.
    package func html() -> [UInt8] {
        page(titled: "Report on \(export)") { markup in
            markup.element("p", [("class", "verdict")]) { markup in
                markup.element("strong", text: verdict.rawValue)
                markup.element("span", text: "source \(ReportText.clean(source, limit: ReportText.valueLimit))")
            }
            markup.element("dl") { markup in
                for (name, count) in counts.fields where count > 0 {
                    markup.element("div") { markup in
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

/// Readable without scripts, on a telephone and on paper; allowed to load nothing.
private func page(titled title: String, body: (inout Markup) -> Void) -> [UInt8] {
    let title = ReportText.clean(title, limit: ReportText.messageLimit)
    var markup = Markup(beginningWith: "<!DOCTYPE html>\n")
    markup.element("html", [("lang", "en")]) { markup in
        markup.element("head") { markup in
            markup.line("<meta charset=\"utf-8\">")
            markup.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            let policy = "default-src 'none'; style-src 'unsafe-inline'"
            markup.line("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">")
            markup.element("title", text: title)
            markup.line("<style>\(style)</style>")
        }
        markup.element("body") { markup in
            markup.element("main") { markup in
                markup.element("h1", text: title)
                body(&markup)
            }
        }
    }
    return markup.bytes
}

extension Markup {
    fileprivate mutating func table(of findings: [Finding], total: Int, without: String) {
        guard !findings.isEmpty else {
            element("p", text: without)
            return
        }
        element("table") { markup in
            markup.element("thead") { markup in
                markup.element("tr") { markup in
                    for title in ["Verdict", "Booking", "Finding", "Where"] {
                        markup.element("th", [("scope", "col")], text: title)
                    }
                }
            }
            markup.element("tbody") { markup in
                for finding in findings { markup.row(finding) }
            }
        }
        if findings.count < total { element("p", text: "\(total - findings.count) more are not listed.") }
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
    private mutating func cell(_ title: String, _ names: [String], of fields: [String: FieldValue]) {
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
    fileprivate var localSpan: String? {
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

private let style = """
    :root{color-scheme:light dark}body{font:1rem/1.45 system-ui,sans-serif;margin:0}\
    main{max-width:75rem;margin:auto;padding:1rem;overflow-wrap:anywhere}h1{font-size:1.4rem}\
    .verdict strong{border:2px solid;border-radius:.3rem;padding:.1rem .5rem;margin-right:.6rem}\
    dl{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem}dl div{display:flex;gap:.4rem}dd{margin:0;font-weight:bold}\
    table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem;\
    border-top:1px solid #8888}tr.error th[scope=row]{color:light-dark(#a00,#f99)}\
    tr.warning th[scope=row]{color:light-dark(#850,#fc6)}.summary,.message{font-weight:600}.hint::before{content:"→ "}\
    .code,.uid,.file{font-family:ui-monospace,monospace;font-size:.9em}\
    @media(max-width:45rem){thead{display:none}tr,th,td{display:block;border:0;padding:.1rem 0}\
    tbody tr{border-top:1px solid #8888;padding:.6rem 0}}\
    @media print{main{max-width:none;padding:0}tr{break-inside:avoid}thead{display:table-header-group}}
    """
