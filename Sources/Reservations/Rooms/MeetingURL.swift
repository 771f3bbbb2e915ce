/// An `http` or `https` URL as far as rooms need it: where it leads, and the segments of its path as they are written.
struct MeetingURL: Hashable, Sendable {
    /// Lower-case, without user and password.
    let host: String
    /// `nil` for the scheme's own port, so that `http://a` and `https://a:443` are one place.
    let port: String?
    /// Not decoded; empty segments left out.
    let segments: [String]

    /// From a text that is a URL and nothing else.
    init?(_ text: some StringProtocol) {
        let lowered = text.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        let path = rest.dropFirst(authority.count).prefix { !"?#".contains($0) }
        let place = authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority[...]
        let digits = String(place.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        let beforeDigits = place.dropLast(digits.count)
        let hasPort = beforeDigits.last == ":"
        let host = (hasPort ? beforeDigits.dropLast() : place).lowercased()
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        self.host = host
        let ownPort = scheme == "https://" ? "443" : "80"
        port = !hasPort || digits.isEmpty || digits == ownPort ? nil : digits
        segments = path.split { $0 == "/" }.map { String($0) }
    }

    /// The first URL of each word of a running text; the punctuation of the sentence around it is not part of a URL.
    static func all(in text: String) -> [MeetingURL] {
        guard text.hasScheme else { return [] }
        return text.unicodeScalars.split(whereSeparator: endsWord).compactMap { scalars in
            let word = Substring(scalars)
            guard let colon = word.schemeEnd else { return nil }
            let before = word[..<colon].suffix(5).lowercased()
            let schemeLength = before.hasSuffix("https") ? 5 : before.hasSuffix("http") ? 4 : 0
            var url = word[word.index(colon, offsetBy: -schemeLength)...]
            while let last = url.last, ".,;:!?)]}'*".contains(last) { url.removeLast() }
            return MeetingURL(url)
        }
    }

    /// Whether `text`, white space around it aside, is one URL and nothing else.
    static func isURL(_ text: String) -> Bool {
        guard text.hasScheme else { return false }
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 1 && MeetingURL(words[0]) != nil
    }

    private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t"..."\r", " ", "<", ">", "\"": true
        default: !scalar.isASCII && scalar.properties.isWhitespace
        }
    }
}

extension String {
    /// Whether `://` is in it. Most texts have none, and every text is asked: two of three bytes are not looked at.
    fileprivate var hasScheme: Bool {
        let bytes = utf8.span
        var last = 2
        while last < bytes.count {
            switch bytes[last] {
            case UInt8(ascii: "/"):
                if bytes[last - 1] == UInt8(ascii: "/"), bytes[last - 2] == UInt8(ascii: ":") { return true }
                last += 1
            case UInt8(ascii: ":"): last += 2
            case _: last += 3
            }
        }
        return false
    }
}

extension StringProtocol {
    /// Where the first `://` begins.
    fileprivate var schemeEnd: Index? {
        var rest = utf8[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            if rest[colon...].starts(with: "://".utf8) { return colon }
            rest = rest[colon...].dropFirst()
        }
        return nil
    }
}
