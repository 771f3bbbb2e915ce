/// What a content is, told by its first bytes: extensions are not to be trusted.
package enum ExportFormat: Hashable, Sendable {
    case iCalendar
    case xml
    case empty

    /// How many of a file's first bytes tell it.
    package static let headBytes = 4_096

    package init(of bytes: [UInt8]) {
        // A byte order mark, the zero bytes of UTF-16 and white space say nothing about what follows.
        let silent: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00, 0x09, 0x0A, 0x0D, 0x20]
        guard let first = bytes.prefix(Self.headBytes).first(where: { !silent.contains($0) }) else {
            self = bytes.isEmpty || bytes.count < Self.headBytes ? .empty : .iCalendar
            return
        }
        self = first == UInt8(ascii: "<") ? .xml : .iCalendar
    }
}
