import Diagnostics

extension CheckReport {
    /// SARIF 2.1.0 (OASIS), in UTF-8: one run, a rule for each code that occurs, a result for each finding.
    package func sarif() -> [UInt8] {
        let codes = Set(findings.map(\.code)).sorted()
        let places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        let rules = codes.map { JSONText.Value(rule: $0) }
        let results = findings.map { JSONText.Value(resultOf: $0, rule: places[$0.code] ?? 0) }
        let driver = JSONText.Value.object([("name", .text("bookwatch")), ("rules", .array(rules))])
        let run = JSONText.Value.object([
            ("tool", .object([("driver", driver)])), ("results", .array(results)),
        ])
        return JSONText(
            .object([
                ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .text("2.1.0")),
                ("runs", .array([run])),
            ])
        ).bytes
    }
}

extension JSONText.Value {
    fileprivate init(rule code: DiagnosticCode) {
        let entry = Catalogue.entry(for: code)
        self = .object([
            ("id", .text(code.rawValue)), ("name", .text("\(code)")),
            ("shortDescription", Self(message: entry.title)), ("fullDescription", Self(message: entry.explanation)),
            ("help", Self(message: "\(entry.hint) Who acts: the \(entry.actor.description). See: \(entry.reference)")),
            ("defaultConfiguration", .object([("level", .text(entry.severity.rawValue))])),
        ])
    }

    fileprivate init(resultOf finding: Diagnostic, rule: Int) {
        // Readers of SARIF want a region: what is about the whole file stands on its first line.
        let region = Self.object([("startLine", .number(max(1, finding.line ?? 1)))])
        let place = Self.object([
            ("artifactLocation", .object([("uri", .text(uri(of: finding.file ?? "")))])), ("region", region),
        ])
        let about = finding.uid.map { Self.object([("uid", Self(FieldValue($0)))]) }
        self = .object(
            [
                ("ruleId", .text(finding.code.rawValue)), ("ruleIndex", .number(rule)),
                ("level", .text(finding.severity.rawValue)),
                ("message", Self(message: "\(finding.message). \(finding.hint)")),
                ("locations", .array([.object([("physicalLocation", place)])])),
            ] + [about].compactMap(\.self).map { ("properties", $0) })
    }

    private init(message text: String) {
        self = .object([("text", .text(ReportText.clean(text, limit: ReportText.messageLimit)))])
    }
}

/// A path as a URI reference (RFC 3986): an absolute one by the scheme `file`, another one relative.
private func uri(of path: String) -> String {
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            uri.unicodeScalars.append(Unicode.Scalar(byte))
        default: uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
    return uri
}
