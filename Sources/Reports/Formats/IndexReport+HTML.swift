import Diagnostics

extension IndexReport {
    /// The page to begin with, in UTF-8.
    package func html() -> [UInt8] {
        page(titled: "Reports of Bookwatch") { markup in
            markup.element("p", text: "Last change: pass \(pass), \(Timestamp.utc(passedAt)).")
            markup.element("p") { markup in
                let words = conflicts == 1 ? "1 open conflict" : "\(conflicts) open conflicts"
                markup.element("a", [("href", "conflicts.html")], text: words)
            }
            markup.element("h2", text: "Sources")
            markup.table(
                of: sources, total: sources.count, titles: ["Source", "Exports", "Bookings", "Findings"],
                without: "No source is watched."
            ) { $0.row($1) }
            markup.element("h2", text: "Exports")
            markup.table(
                of: gravest, total: exports.count, titles: ["Verdict", "Export", "Bookings", "Findings"],
                without: "No export has been read yet."
            ) { $0.row($1) }
        }
    }
}

extension Markup {
    fileprivate mutating func row(_ source: IndexReport.Source) {
        element("tr") { markup in
            markup.element("th", [("scope", "row"), ("dir", "auto")], text: clean(source.name))
            let verdicts = ExportReport.Verdict.allCases.compactMap { verdict in
                source.verdicts[verdict].map { "\($0) \(verdict.rawValue)" }
            }
            let exports = source.exports == 0 ? "none" : "\(source.exports): \(verdicts.joined(separator: ", "))"
            markup.element("td", text: exports)
            markup.element("td", text: source.counts.bookingWords)
            markup.element("td") { markup in
                markup.element("div", text: source.counts.findingWords)
                for fault in source.faults.prefix(IndexReport.faultsListed) {
                    let text =
                        "\(fault.file ?? "."): \(fault.code.rawValue) \(fault.severity.rawValue): \(fault.message)"
                    markup.element(
                        "div", [("class", "message"), ("dir", "auto")],
                        text: ReportText.clean(text, limit: ReportText.messageLimit))
                    markup.element("div", [("class", "hint"), ("dir", "auto")], text: fault.hint)
                }
                let unlisted = source.faults.count - IndexReport.faultsListed
                if unlisted > 0 { markup.element("div", text: "\(unlisted) more are not listed.") }
            }
        }
    }

    fileprivate mutating func row(_ export: IndexReport.Export) {
        element("tr") { markup in
            markup.element("th", [("scope", "row")], text: export.verdict.rawValue)
            markup.element("td") { markup in
                markup.element(
                    "a", [("href", href(of: "\(export.path).html")), ("dir", "auto")],
                    text: clean("\(export.source)/\(export.export)"))
            }
            markup.element("td", text: export.counts.bookingWords)
            markup.element("td", text: export.counts.findingWords)
        }
    }
}

/// A relative reference (RFC 3986 §4.2) to a file whose name may have any characters; slashes part folders.
private func href(of path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/".utf8)
    let bytes = path.utf8.flatMap { byte in
        plain.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return "./" + String(decoding: bytes, as: UTF8.self)
}

private func clean(_ text: String) -> String { ReportText.clean(text, limit: ReportText.valueLimit) }

extension ExportReport.Counts {
    fileprivate var bookingWords: String {
        words([
            (bookings, "read"), (rejected, "rejected"), (granted, "granted"), (declined, "declined"),
            (duplicate, "duplicate"), (withdrawn, "withdrawn"), (ignored, "ignored"),
        ])
    }

    fileprivate var findingWords: String {
        words(
            [(errors, "error"), (warnings, "warning"), (notes, "note")].map { count, word in
                (count, count == 1 ? word : "\(word)s")
            })
    }

    private func words(_ counts: [(Int, String)]) -> String {
        let said = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return said.isEmpty ? "none" : said.joined(separator: ", ")
    }
}
