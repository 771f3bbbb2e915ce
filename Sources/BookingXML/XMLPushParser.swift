internal import CBookingXML

/// Owns the C parser. Its pointers stay in this file; what leaves it are numbers, copies and spans.
@safe struct XMLPushParser: ~Copyable {
    /// Why reading stopped; final once it is not `goingOn`.
    enum Outcome {
        case goingOn, complete, truncated, notWellFormed, entity, encoding, limit
    }

    private let parser: OpaquePointer

    /// Feed at most so many bytes at once.
    static let chunkBytes = Int(BOOKINGXML_CHUNK_BYTES)

    init(limits: XMLLimits) {
        let cLimits = bookingxml_limits(
            depth: UInt32(clamping: limits.depth), unconsumed_bytes: UInt32(clamping: limits.unconsumedBytes),
            attributes_per_element: UInt32(clamping: limits.attributesPerElement))
        let created = unsafe Self.withStrings(XMLName.allCases.map(\.rawValue)) { names in
            unsafe Self.withStrings(XMLNamespace.allCases.map(\.rawValue)) { spaces in
                unsafe bookingxml_create(cLimits, names.baseAddress, names.count, spaces.baseAddress, spaces.count)
            }
        }
        guard let created = unsafe created else { preconditionFailure("no memory for an XML parser") }
        unsafe parser = created
    }

    deinit { unsafe bookingxml_free(parser) }

    /// Parses at most `chunkBytes` bytes and hands what they hold to `collector`.
    func feed(_ bytes: Span<UInt8>, to collector: inout RecordCollector) {
        unsafe bytes.withUnsafeBufferPointer { unsafe bookingxml_feed(parser, $0.baseAddress, $0.count) }
        deliver(to: &collector)
    }

    /// Tells that no more bytes come, which fixes the outcome.
    func finish(to collector: inout RecordCollector) {
        unsafe bookingxml_finish(parser)
        deliver(to: &collector)
    }

    var outcome: Outcome {
        switch unsafe bookingxml_outcome(parser) {
        case BOOKINGXML_GOING_ON.rawValue: .goingOn
        case BOOKINGXML_COMPLETE.rawValue: .complete
        case BOOKINGXML_TRUNCATED.rawValue: .truncated
        case BOOKINGXML_ENTITY.rawValue: .entity
        case BOOKINGXML_ENCODING.rawValue: .encoding
        case BOOKINGXML_TOO_DEEP.rawValue, BOOKINGXML_TOO_LONG.rawValue, BOOKINGXML_TOO_MANY_ATTRIBUTES.rawValue,
            BOOKINGXML_OUT_OF_MEMORY.rawValue:
            .limit
        default: .notWellFormed
        }
    }

    /// What is wrong; empty while nothing is.
    var message: String { unsafe String(cString: bookingxml_message(parser)) }

    /// The line of what is wrong, or else the line that was reached, from 1.
    var line: Int { unsafe Int(bookingxml_line(parser)) }

    /// The root element as `{namespace}name`; empty before its start tag.
    var root: String {
        let name = unsafe String(cString: bookingxml_root_name(parser))
        let space = unsafe String(cString: bookingxml_root_space(parser))
        return space.isEmpty ? name : "{\(space)}\(name)"
    }

    private func deliver(to collector: inout RecordCollector) {
        let events = unsafe UnsafeBufferPointer(
            start: bookingxml_events(parser), count: bookingxml_event_count(parser))
        var index = 0
        while index < events.count {
            let event = unsafe events[index]
            index += 1
            switch event.kind {
            case BOOKINGXML_START.rawValue:
                var tag = XMLTag(
                    name: .numbered(Int(event.name)), namespace: .numbered(Int(event.space)), line: Int(event.line))
                if event.length > 0 { tag.otherName = text(event) }
                while index < events.count, unsafe events[index].kind == BOOKINGXML_ATTRIBUTE.rawValue {
                    tag.attributes.append(unsafe attribute(events[index]))
                    index += 1
                }
                collector.start(tag)
            case BOOKINGXML_TEXT.rawValue:
                let start = unsafe bookingxml_bytes(parser) + Int(event.offset)
                collector.text(unsafe Span(_unsafeStart: start, count: Int(event.length)))
            default: collector.end()
            }
        }
    }

    private func attribute(_ event: bookingxml_event) -> XMLAttribute {
        XMLAttribute(
            name: .numbered(Int(event.name)), namespace: .numbered(Int(event.space)), value: text(event))
    }

    private func text(_ event: bookingxml_event) -> String {
        let start = unsafe bookingxml_bytes(parser) + Int(event.offset)
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(event.length)), as: UTF8.self)
    }

    /// Calls `body` with C strings that live as long as the call.
    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for string in strings {
            offsets.append(bytes.count)
            bytes.append(contentsOf: string.utf8.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let pointers = unsafe offsets.map { offset in unsafe buffer.baseAddress.map { unsafe $0 + offset } }
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0) }
        }
    }
}
