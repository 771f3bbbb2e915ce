/// The elements of one record in document order: a flat table that is filled again for each record, so that a file of
/// any size costs the memory of its greatest record.
struct XMLRecord {
    struct Element {
        /// `other` for names that no dialect reads, and for those of a foreign namespace.
        var name: XMLName
        /// What is written where `name` is `other` and the namespace is not foreign.
        var otherName: String
        var line: Int
        /// The index after the element's last descendant.
        var end: Int
        /// All text inside the element, that of its descendants included.
        var text: Range<Int>
        var attributes: Range<Int>
    }

    private(set) var elements: [Element] = []
    private(set) var isOverLimit = false
    private var attributes: [XMLAttribute] = []
    private var bytes: [UInt8] = []
    /// The elements that are open, outermost first.
    private var open: [Int] = []
    /// Open elements that are not kept because a limit was reached.
    private var unkept = 0
    private var attributeBytes = 0
    private let maximumElements: Int
    private let maximumBytes: Int

    init(limits: XMLLimits) {
        maximumElements = limits.elementsPerRecord
        maximumBytes = limits.textBytesPerRecord
    }

    /// The line of the record's start tag.
    var line: Int { elements.first?.line ?? 1 }

    // MARK: Filling

    mutating func begin(_ tag: XMLTag) {
        elements.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        (isOverLimit, unkept, attributeBytes) = (false, 0, 0)
        start(tag, isForeign: false)
    }

    mutating func start(_ tag: XMLTag, isForeign: Bool) {
        attributeBytes += tag.attributes.reduce(0) { $0 + $1.value.utf8.count }
        guard !isOverLimit, elements.count < maximumElements, attributeBytes <= maximumBytes else {
            isOverLimit = true
            unkept += 1
            return
        }
        let firstAttribute = attributes.count
        attributes.append(contentsOf: tag.attributes)
        open.append(elements.count)
        elements.append(
            Element(
                name: isForeign ? .other : tag.name, otherName: isForeign ? "" : tag.otherName, line: tag.line,
                end: elements.count + 1,
                text: bytes.count..<bytes.count, attributes: firstAttribute..<attributes.count))
    }

    mutating func text(_ text: Span<UInt8>) {
        guard bytes.count + text.count <= maximumBytes else {
            isOverLimit = true
            return
        }
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Ends the innermost open element.
    ///
    /// - Returns: Whether that was the record itself.
    mutating func end() -> Bool {
        guard unkept == 0 else {
            unkept -= 1
            return false
        }
        guard let index = open.popLast() else { return true }
        elements[index].end = elements.count
        elements[index].text = elements[index].text.lowerBound..<bytes.count
        return open.isEmpty
    }

    // MARK: Asking

    /// The indices of an element's children, in order.
    func children(of index: Int) -> Children { Children(table: elements, index: index + 1, end: elements[index].end) }

    /// The first child with this name.
    func child(_ name: XMLName, of index: Int) -> Int? {
        children(of: index).first { elements[$0].name == name }
    }

    /// The first element at the end of a path of child steps.
    func descendant(_ path: XMLName..., of index: Int) -> Int? {
        var current = index
        for name in path {
            guard let next = child(name, of: current) else { return nil }
            current = next
        }
        return current
    }

    /// An element's text without white space at its ends.
    func value(_ index: Int) -> ArraySlice<UInt8> { bytes[elements[index].text].trimmed }

    /// An element's text without white space at its ends.
    func string(_ index: Int) -> String { String(decoding: value(index), as: UTF8.self) }

    /// An element's text as it is.
    func fullText(_ index: Int) -> ArraySlice<UInt8> { bytes[elements[index].text] }

    /// An element's attributes, those of a namespace included.
    func attributes(of index: Int) -> ArraySlice<XMLAttribute> { attributes[elements[index].attributes] }

    /// The value of an attribute without a namespace, as it is.
    func attribute(_ name: XMLName, of index: Int) -> String? {
        attributes(of: index).first { $0.name == name && $0.namespace == .none }?.value
    }

    struct Children: Sequence, IteratorProtocol {
        fileprivate let table: [XMLRecord.Element]
        fileprivate var index: Int
        fileprivate let end: Int

        mutating func next() -> Int? {
            guard index < end else { return nil }
            defer { index = table[index].end }
            return index
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without the white space of XML at both ends.
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}

extension UInt8 {
    /// `S` of XML 1.0 §2.3.
    var isWhitespace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\t")
            || self == UInt8(ascii: "\r")
    }
}
