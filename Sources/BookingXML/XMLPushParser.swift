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
    func feed(_ bytes: Span<UInt8>, to collector: inout RecordCollector, item: (XMLItem) -> Void) {
        unsafe bytes.withUnsafeBufferPointer { unsafe bookingxml_feed(parser, $0.baseAddress, $0.count) }
        deliver(to: &collector, item)
    }

    /// Tells that no more bytes come, which fixes the outcome.
    func finish(to collector: inout RecordCollector, item: (XMLItem) -> Void) {
        unsafe bookingxml_finish(parser)
        deliver(to: &collector, item)
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

    private func deliver(to collector: inout RecordCollector, _ item: (XMLItem) -> Void) {
        let events = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(
                start: bookingxml_events(parser), count: bookingxml_event_count(parser)))
        let bytes = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(start: bookingxml_bytes(parser), count: bookingxml_byte_count(parser)))
        var index = 0
        while index < events.count {
            let event = events[index]
            index += 1
            switch event.kind {
            case BOOKINGXML_START.rawValue:
                let attributes = index
                while index < events.count, events[index].kind == BOOKINGXML_ATTRIBUTE.rawValue { index += 1 }
                start(event, events.extracting(attributes..<index), bytes, &collector)
            case BOOKINGXML_TEXT.rawValue: collector.text(bytes.extracting(event.range))
            default: collector.end(item)
            }
        }
    }

    private func start(
        _ event: bookingxml_event, _ attributes: Span<bookingxml_event>, _ bytes: Span<UInt8>,
        _ collector: inout RecordCollector
    ) {
        let name = XMLName.numbered(Int(event.name))
        let namespace = XMLNamespace.numbered(Int(event.space))
        let otherName = bytes.extracting(event.range)
        switch collector.start(name, namespace, otherName: otherName, line: Int(event.line)) {
        case .nowhere: break
        case .record:
            for index in attributes.indices {
                let attribute = attributes[index]
                collector.attribute(
                    .numbered(Int(attribute.name)), .numbered(Int(attribute.space)),
                    value: bytes.extracting(attribute.range))
            }
        case .path:
            var tag = XMLTag(name: name, namespace: namespace, line: Int(event.line))
            for index in attributes.indices {
                let attribute = attributes[index]
                tag.attributes.append(
                    XMLAttribute(
                        name: .numbered(Int(attribute.name)), namespace: .numbered(Int(attribute.space)),
                        value: String(copying: bytes.extracting(attribute.range))))
            }
            collector.enter(tag)
        }
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

extension bookingxml_event {
    /// The event's bytes among those of its batch.
    fileprivate var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

extension String {
    fileprivate init(copying bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
