import GRDB
import Glibc

/// Values of columns one after the other, as bytes: each has its kind before it; numbers are little-endian `Int64`, and
/// a text or a blob has its length before it.
struct ColumnValues: Sendable {
    private(set) var bytes: [UInt8]

    enum Kind: UInt8 { case null, number, text, blob }

    static var damage: DatabaseError { DatabaseError(message: "stored values are damaged") }

    init(bytes: [UInt8]) { self.bytes = bytes }

    init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Forgets them, and keeps their memory for others.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ number: Int64?) {
        guard let number else { return bytes.append(Kind.null.rawValue) }
        append(.number, number)
    }

    mutating func append(_ text: String?) {
        guard let text else { return bytes.append(Kind.null.rawValue) }
        let content = text.utf8.span
        let count = content.countInColumn
        append(.text, Int64(count))
        bytes.append(content.extracting(first: count))
    }

    mutating func append(_ blob: [UInt8]?) {
        guard let blob else { return bytes.append(Kind.null.rawValue) }
        append(.blob, Int64(blob.count))
        bytes.append(contentsOf: blob)
    }

    /// What `write` adds to the bytes.
    mutating func append(_ kind: Kind, _ write: (inout [UInt8]) -> Void) {
        append(kind, 0)
        let start = bytes.count
        write(&bytes)
        let count = Int64(bytes.count - start)
        unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe bytes.storeBytes(of: count.littleEndian, toByteOffset: start - 8, as: Int64.self)
        }
    }

    /// In one step, since each asks whether there is room for it.
    private mutating func append(_ kind: Kind, _ number: Int64) {
        var field = InlineArray<9, UInt8>(repeating: kind.rawValue)
        var span = field.mutableSpan
        unsafe span.withUnsafeMutableBytes { field in
            unsafe field.storeBytes(of: number.littleEndian, toByteOffset: 1, as: Int64.self)
        }
        bytes.append(field.span)
    }

    var reader: Reader { reader(of: bytes.indices) }

    /// Those from the one on that begins at `offset`.
    /// - Throws: where there is none.
    func reader(from offset: Int) throws -> Reader {
        guard bytes.indices.contains(offset) else { throw Self.damage }
        return reader(of: offset..<bytes.count)
    }

    /// Those in `range` of the bytes.
    func reader(of range: Range<Int>) -> Reader { Reader(bytes, range) }

    /// The values, from the first to the last. Its methods throw where the next one is of another kind, or not whole.
    struct Reader: Sendable {
        private let bytes: [UInt8]
        private var offset: Int
        private let end: Int

        fileprivate init(_ bytes: [UInt8], _ range: Range<Int>) {
            (self.bytes, offset, end) = (bytes, range.lowerBound, range.upperBound)
        }

        var isAtEnd: Bool { offset == end }

        /// What is still to be read.
        var rest: ArraySlice<UInt8> { bytes[offset..<end] }

        /// The kind of the next value, and where its content lies: the eight bytes of a number.
        mutating func next() throws -> (kind: Kind, content: Range<Int>) {
            guard offset < end, let kind = Kind(rawValue: bytes[offset]) else { throw damage }
            offset += 1
            let content = offset..<offset + (kind == .null ? 0 : 8)
            guard content.upperBound <= end else { throw damage }
            offset = content.upperBound
            guard kind == .text || kind == .blob else { return (kind, content) }
            let count = number(in: content)
            guard (0...Int64(end - offset)).contains(count) else { throw damage }
            defer { offset += Int(count) }
            return (kind, offset..<offset + Int(count))
        }

        func number(in content: Range<Int>) -> Int64 { bytes.integer(at: content.lowerBound) }

        /// Calls `body` with all of the bytes among which the contents lie.
        func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
            unsafe try bytes.withUnsafeBytes(body)
        }

        mutating func optionalNumber() throws -> Int64? {
            let (kind, content) = try next()
            guard kind != .null else { return nil }
            guard kind == .number else { throw damage }
            return number(in: content)
        }

        mutating func optionalText() throws -> String? {
            let (kind, content) = try next()
            guard kind != .null else { return nil }
            guard kind == .text else { throw damage }
            return text(in: content)
        }

        /// Those of a text too, as versions before 0023 have them.
        mutating func optionalBytes() throws -> [UInt8]? {
            let (kind, content) = try next()
            guard kind != .null else { return nil }
            guard kind != .number else { throw damage }
            return Array(bytes[content])
        }

        /// Where the next one lies: to be read later, or not at all.
        mutating func placeOfText() throws -> Range<Int> {
            let (kind, content) = try next()
            guard kind == .text else { throw damage }
            return content
        }

        func text(in content: Range<Int>) -> String { String(decoding: bytes(in: content), as: UTF8.self) }

        func bytes(in content: Range<Int>) -> ArraySlice<UInt8> { bytes[content] }

        /// What `decode` makes of the next one's place among the bytes.
        mutating func blob<Result>(_ decode: ([UInt8], Range<Int>) -> Result) throws -> Result {
            let (kind, content) = try next()
            guard kind == .blob else { throw damage }
            return decode(bytes, content)
        }

        mutating func number() throws -> Int64 {
            guard let number = try optionalNumber() else { throw damage }
            return number
        }

        mutating func text() throws -> String {
            text(in: try placeOfText())
        }
    }
}
