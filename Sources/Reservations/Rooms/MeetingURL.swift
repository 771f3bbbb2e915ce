/// An `http` or `https` URL as far as rooms need it: where it leads, and the segments of its path as they are written.
struct MeetingURL: Hashable, Sendable {
    /// Lower-case, without user and password.
    let host: String
    /// `nil` for the scheme's own port, so that `http://a` and `https://a:443` are one place.
    let port: String?
    /// Not decoded; empty segments left out.
    let segments: [String]

    /// From a text that is a URL and nothing else.
    init?(_ text: Substring) {
        let bytes = text.utf8
        guard let scheme = Scheme(of: bytes) else { return nil }
        let rest = bytes.dropFirst(scheme.bytes)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && !$0.endsPath }
        let path = rest[authority.endIndex...].prefix { !$0.endsPath }
        let place = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[$0...].dropFirst() } ?? authority
        var digits = place.suffix(0)
        while let digit = place[..<digits.startIndex].last, digit.isDigit {
            digits = place[place.index(before: digits.startIndex)...]
        }
        let hasPort = place[..<digits.startIndex].last == UInt8(ascii: ":")
        let host = Substring(hasPort ? place[..<digits.startIndex].dropLast() : place).lowercased()
        guard !host.isEmpty, !host.unicodeScalars.contains(where: Self.isBlank) else { return nil }
        self.host = host
        let port = String(Substring(digits))
        self.port = !hasPort || port.isEmpty || port == scheme.port ? nil : port
        segments = path.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }

    init?(_ text: String) { self.init(text[...]) }

    /// The first URL of each word of a running text; the punctuation of the sentence around it is not part of a URL.
    static func all(in text: String) -> [MeetingURL] {
        let bytes = text.utf8.span
        var urls: [MeetingURL] = []
        var searched = 0
        while let colon = bytes.endOfScheme(from: searched) {
            let index = text.utf8.index(text.startIndex, offsetBy: colon)
            let word = text.unicodeScalars[index...].prefix { !endsWord($0) }
            searched = colon + Substring(word).utf8.count
            let start = [5, 4].map { text.utf8.index(index, offsetBy: -min($0, colon)) }
                .first { Scheme(of: text.utf8[$0...]) != nil }
            guard let start else { continue }
            var url = text.utf8[start..<word.endIndex]
            while let last = url.last, last.isPunctuation { url.removeLast() }
            if let url = MeetingURL(Substring(url)) { urls.append(url) }
        }
        return urls
    }

    /// Whether `text`, white space around it aside, is one URL and nothing else.
    static func isURL(_ text: String) -> Bool {
        guard text.utf8.span.endOfScheme(from: 0) != nil else { return false }
        let word = text.trimmed
        guard Scheme(of: word.utf8[...]) != nil, !word.unicodeScalars.contains(where: isBlank) else { return false }
        return MeetingURL(word) != nil
    }

    private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        isBlank(scalar) || scalar == "<" || scalar == ">" || scalar == "\""
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t"..."\r", " ": true
        default: !scalar.isASCII && scalar.properties.isWhitespace
        }
    }
}

/// What a URL that can be one of a meeting begins with, in either case.
private struct Scheme {
    /// With the `://` behind it.
    let bytes: Int
    /// Its own port.
    let port: String

    init?(of text: Substring.UTF8View) {
        let isSame = { (byte: UInt8, letter: UInt8) in byte.lowerASCII == letter }
        if text.starts(with: "https://".utf8, by: isSame) {
            (bytes, port) = (8, "443")
        } else if text.starts(with: "http://".utf8, by: isSame) {
            (bytes, port) = (7, "80")
        } else {
            return nil
        }
    }
}

extension Span where Element == UInt8 {
    /// Where the first `://` behind `start` begins. Most texts have none, and every text is asked: two of three bytes
    /// are not looked at.
    fileprivate func endOfScheme(from start: Int) -> Int? {
        var last = start + 2
        while last < count {
            switch self[last] {
            case UInt8(ascii: "/"):
                if self[last - 1] == UInt8(ascii: "/"), self[last - 2] == UInt8(ascii: ":") { return last - 2 }
                last += 1
            case UInt8(ascii: ":"): last += 2
            case _: last += 3
            }
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var endsPath: Bool { self == UInt8(ascii: "?") || self == UInt8(ascii: "#") }

    /// What a sentence may have behind a URL.
    fileprivate var isPunctuation: Bool {
        switch self {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
            UInt8(ascii: "?"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "'"),
            UInt8(ascii: "*"):
            true
        case _: false
        }
    }
}
