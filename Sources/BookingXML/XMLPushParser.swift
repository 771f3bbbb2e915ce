internal import CBookingXML

/// Owns the C parser. Its pointers stay here and in `XMLElementTable`; what leaves them are numbers, copies and spans.
@safe struct XMLPushParser: ~Copyable {
    /// Why reading stopped; final once it is not `goingOn`.
    enum Outcome {
        case goingOn, complete, truncated, notWellFormed, entity, encoding, limit
    }

    private let parser: OpaquePointer

    /// Feed at most so many bytes at once.
    static let chunkBytes = Int(BOOKINGXML_CHUNK_BYTES)

    /// - Parameter mappings: of several for one root the first counts.
    init(limits: XMLLimits, mappings: [XMLMapping] = []) {
        let cLimits = limits.cLimits
        let created = unsafe Self.withStrings(XMLName.allCases.map(\.spelling)) { names in
            unsafe Self.withStrings(XMLNamespace.allCases.map(\.uri)) { spaces in
                unsafe bookingxml_create(cLimits, names.baseAddress, names.count, spaces.baseAddress, spaces.count)
            }
        }
        guard let created = unsafe created else { preconditionFailure("no memory for an XML parser") }
        unsafe parser = created
        for mapping in mappings { add(mapping) }
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
        guard mappingIndex == nil else {
            deliverRows(to: &collector, item)
            return
        }
        let first = unsafe collector.take(XMLElementTable(of: parser), item)
        unsafe bookingxml_keep(parser, first)
    }

    private func deliverRows(to collector: inout RecordCollector, _ item: (XMLItem) -> Void) {
        let events = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(
                start: bookingxml_events(parser), count: bookingxml_event_count(parser)))
        let bytes = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(start: bookingxml_bytes(parser), count: bookingxml_byte_count(parser)))
        for index in events.indices {
            let event = events[index]
            let text = bytes.extracting(Int(event.offset)..<Int(event.offset) + Int(event.length))
            deliver(event, text, to: &collector, item)
        }
        collector.endRow(item)
    }

    private func deliver(
        _ event: bookingxml_event, _ text: Span<UInt8>, to collector: inout RecordCollector, _ item: (XMLItem) -> Void
    ) {
        let line = Int(event.line)
        switch event.kind {
        case BOOKINGXML_ROW.rawValue: collector.startRow(mapping: mappingIndex ?? 0, line: line, item)
        case BOOKINGXML_VALUE.rawValue: collector.addValue(field: Int(event.name), line: line, text)
        case BOOKINGXML_OVER_LIMIT.rawValue: collector.rejectRow(.limit, field: nil, line: line, text)
        default: collector.rejectRow(.badValue, field: Int(event.name), line: line, text)
        }
    }

    // MARK: Mappings

    /// The index of the mapping that reads the file; `nil` for none, and before the root's start tag.
    var mappingIndex: Int? {
        let index = unsafe Int(bookingxml_mapping(parser))
        return index < 0 ? nil : index
    }

    private func add(_ mapping: XMLMapping) {
        var isAdded = unsafe bookingxml_mapping_begin(parser) != 0
        for step in mapping.path {
            isAdded = unsafe bookingxml_mapping_step(parser, step.namespace, step.local) != 0 && isAdded
        }
        isAdded = add(mapping.namespaces) && isAdded
        if let each = mapping.each { isAdded = unsafe bookingxml_mapping_each(parser, each.text) != 0 && isAdded }
        for rule in mapping.rules {
            isAdded = unsafe bookingxml_mapping_field(parser, rule.xpath.text) != 0 && isAdded
        }
        precondition(isAdded, "no memory for a mapping")
    }

    private func add(_ namespaces: MappingNamespaces) -> Bool {
        namespaces.declared.reduce(true) { isAdded, declaration in
            unsafe bookingxml_mapping_prefix(parser, declaration.prefix, declaration.uri) != 0 && isAdded
        }
    }

    /// Whether an XPath gives nodes, and not a text, a number or a truth.
    ///
    /// - Throws: why it cannot be compiled or evaluated.
    static func givesNodes(_ xpath: String, _ namespaces: MappingNamespaces) throws(MappingFault) -> Bool {
        let parser = XMLPushParser(limits: XMLLimits())
        let isReady = unsafe bookingxml_mapping_begin(parser.parser) != 0 && parser.add(namespaces)
        precondition(isReady, "no memory for a mapping")
        var message = [CChar](repeating: 0, count: 256)
        let type = unsafe bookingxml_xpath_type(parser.parser, xpath, &message, message.count)
        switch type {
        case BOOKINGXML_XPATH_NODES.rawValue: return true
        case BOOKINGXML_XPATH_VALUE.rawValue: return false
        default:
            let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw MappingFault("the XPath \(xpath.quoted) is wrong: \(reason)")
        }
    }

    // MARK: Events

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

extension XMLLimits {
    fileprivate var cLimits: bookingxml_limits {
        bookingxml_limits(
            depth: UInt32(clamping: depth), unconsumed_bytes: UInt32(clamping: unconsumedBytes),
            section_bytes: UInt32(clamping: sectionBytes),
            attributes_per_element: UInt32(clamping: attributesPerElement), names: UInt32(clamping: names),
            mapped_elements: UInt32(clamping: elementsPerMappedRecord),
            mapped_bytes: UInt32(clamping: bytesPerMappedRecord), mapped_rows: UInt32(clamping: rowsPerMappedRecord),
            xpath_steps: UInt32(clamping: xpathSteps), xpath_steps_per_byte: UInt32(clamping: xpathStepsPerByte))
    }
}

extension String {
    init(copying bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
