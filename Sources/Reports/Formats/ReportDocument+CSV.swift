extension ReportDocument {
    /// The list as CSV (RFC 4180) with a header, in UTF-8. A list that was cut says so in a last row.
    func csv() -> [UInt8] {
        var text = CSVText()
        text.appendRow(list.columns)
        for item in list.items { text.appendRow(item.map { Self.cell($0.value) }) }
        if isCut {
            let words = "\(list.total - list.items.count) more are not listed"
            text.appendRow(list.columns.map { $0 == "message" ? words : $0 == "severity" ? "note" : "" })
        }
        return text.bytes
    }

    private static func cell(_ value: FieldValue) -> String {
        switch value {
        case .none: ""
        case .number(let number): String(number)
        case .text(let text): text
        case .blocking(let blockers):
            blockers.map { $0.map { cell($0.value) }.filter { !$0.isEmpty }.joined(separator: " ") }
                .joined(separator: " | ")
        }
    }
}

/// Rows of CSV; a spreadsheet takes none of their cells for a formula.
struct CSVText {
    private(set) var bytes: [UInt8] = []

    mutating func appendRow(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell)
        }
        bytes += "\r\n".utf8
    }

    private mutating func append(_ cell: String) {
        let guarded = Self.looksLikeFormula(cell) ? "'\(cell)" : cell
        guard guarded.utf8.contains(where: { Self.quoted.contains($0) }) else {
            bytes += guarded.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in guarded.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let quoted: [UInt8] = Array(",\"\r\n".utf8)

    /// A spreadsheet would compute it, and could be made to send what it reads.
    private static func looksLikeFormula(_ cell: String) -> Bool {
        cell.utf8.first.map { Array("=+-@\t\r".utf8).contains($0) } ?? false
    }
}
