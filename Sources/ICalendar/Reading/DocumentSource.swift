/// The bytes of a document before its lines are read: what encoding they are in, and whether they are text at all.
struct DocumentSource {
    private enum Encoding {
        case utf8, utf16, mixed, binary
    }

    private var text: [UInt8]
    private let encoding: Encoding
    private let isTooLong: Bool
    private let length: Int
    /// After a byte order mark.
    let start: Int
    /// Whether there are CRs that end a line by themselves.
    let hasBareReturns: Bool

    /// Whether some lines are not UTF-8.
    var hasForeignLines: Bool { encoding == .mixed }

    init(_ bytes: [UInt8], dialect: Dialect, limits: Limits) {
        length = bytes.count
        isTooLong = length > min(limits.documentBytes, Int(UInt32.max) - 1)
        guard !isTooLong else {
            (text, encoding, start, hasBareReturns) = ([], .utf8, 0, false)
            return
        }
        let utf16 = dialect.acceptsOtherEncodings ? UTF16Text.recognised(in: bytes) : nil
        var text = bytes
        if let utf16 { text = utf16.transcoded(text) }
        let kinds = ByteKinds.survey(text.span)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        start = text.starts(with: mark) ? mark.count : 0
        hasBareReturns = kinds.contains(.bareReturn)
        if kinds.contains(.zero) {
            encoding = .binary
        } else if utf16 != nil {
            encoding = .utf16
        } else {
            encoding = kinds.contains(.foreign) ? .mixed : .utf8
        }
        self.text = encoding == .binary ? [] : text
    }

    /// Gives the text away, so that it is unfolded without a copy.
    mutating func takeText() -> [UInt8] {
        let taken = text
        text = []
        return taken
    }

    func report(to diagnostics: inout DiagnosticList) {
        guard !isTooLong else {
            return diagnostics.add(
                .badLine, .componentRejected, line: 1, "a document of \(length) bytes, above the limit")
        }
        switch encoding {
        case .binary: diagnostics.add(.encoding, .componentRejected, line: 1, "not text: there are bytes of value 0")
        case .utf16: diagnostics.add(.encoding, .tolerated, line: 1, "the text is UTF-16")
        case .utf8, .mixed:
            guard start > 0 else { return }
            diagnostics.add(.encoding, .noted, line: 1, "the text begins with a byte order mark")
        }
    }
}
