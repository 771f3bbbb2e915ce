/// The elements of one record in document order: flat tables that are filled again for each record, so that a file of
/// any size costs the memory of its greatest record, and nothing is allocated for an element.
struct XMLRecord {
    fileprivate struct Element {
        /// `other` for names that no dialect reads, and for those of a foreign namespace.
        var name: XMLName
        var line: UInt32
        /// The index after the element's last descendant.
        var end: UInt32
        /// In `text`: all text inside the element, that of its descendants included.
        var text: Range<UInt32>
        /// In `words`: what is written where `name` is `other` and the namespace is not foreign.
        var otherName: Range<UInt32>
        var attributes: Range<UInt32>
    }

    private struct Attribute {
        var name: XMLName
        var namespace: XMLNamespace
        /// In `words`.
        var value: Range<UInt32>
    }

    private(set) var isOverLimit = false
    private var elements: [Element] = []
    private var attributes: [Attribute] = []
    private var text: [UInt8] = []
    private var words: [UInt8] = []
    /// The elements that are open, outermost first.
    private var open: [Int] = []
    /// Open elements that are not kept because a limit was reached.
    private var unkept = 0
    private let maximumElements: Int
    private let maximumBytes: Int

    /// Never more than 2 GiB of text, so that four bytes number everything.
    init(limits: XMLLimits) {
        maximumElements = limits.elementsPerRecord
        maximumBytes = min(limits.textBytesPerRecord, Int(Int32.max))
    }

    // MARK: Filling

    /// Makes room for the next record.
    mutating func removeAll() {
        elements.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        isOverLimit = false
        unkept = 0
    }

    mutating func start(_ name: XMLName, otherName: Span<UInt8>, line: Int) {
        guard !isOverLimit, elements.count < maximumElements, words.count + otherName.count <= maximumBytes else {
            isOverLimit = true
            unkept += 1
            return
        }
        open.append(elements.count)
        let textStart = UInt32(text.count)
        let attribute = UInt32(attributes.count)
        elements.append(
            Element(
                name: name, line: UInt32(clamping: line), end: UInt32(elements.count + 1), text: textStart..<textStart,
                otherName: append(otherName), attributes: attribute..<attribute))
    }

    /// Adds to the element that was started last.
    mutating func attribute(_ name: XMLName, _ namespace: XMLNamespace, value: Span<UInt8>) {
        guard !isOverLimit, words.count + value.count <= maximumBytes, let index = open.last else {
            isOverLimit = true
            return
        }
        attributes.append(Attribute(name: name, namespace: namespace, value: append(value)))
        elements[index].attributes = elements[index].attributes.lowerBound..<UInt32(attributes.count)
    }

    mutating func append(text bytes: Span<UInt8>) {
        guard text.count + bytes.count <= maximumBytes else {
            isOverLimit = true
            return
        }
        unsafe bytes.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
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
        elements[index].end = UInt32(elements.count)
        elements[index].text = elements[index].text.lowerBound..<UInt32(text.count)
        return open.isEmpty
    }

    private mutating func append(_ word: Span<UInt8>) -> Range<UInt32> {
        let start = UInt32(words.count)
        guard !word.isEmpty else { return start..<start }
        unsafe word.withUnsafeBufferPointer { unsafe words.append(contentsOf: $0) }
        return start..<UInt32(words.count)
    }

    // MARK: Asking

    var indices: Range<Int> { elements.indices }

    /// The line of the record's start tag.
    var line: Int { elements.isEmpty ? 1 : line(of: 0) }

    func name(of index: Int) -> XMLName { elements[index].name }

    /// What is written where the name is `other`; empty for a foreign namespace.
    func otherName(of index: Int) -> String { String(decoding: words[elements[index].otherName], as: UTF8.self) }

    func line(of index: Int) -> Int { Int(elements[index].line) }

    /// The indices of an element's children, in order.
    func children(of index: Int) -> Children {
        Children(table: elements, index: index + 1, end: Int(elements[index].end))
    }

    /// Whether an element has no others inside.
    func isLeaf(_ index: Int) -> Bool { elements[index].end == index + 1 }

    /// The first child with this name.
    func child(_ name: XMLName, of index: Int) -> Int? {
        var child = index + 1
        while child < elements[index].end {
            if elements[child].name == name { return child }
            child = Int(elements[child].end)
        }
        return nil
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
    func value(_ index: Int) -> ArraySlice<UInt8> { text[elements[index].text].trimmed }

    /// An element's text as a time; `nil` where it is none.
    func parsedTime(_ index: Int) -> XMLTime? {
        plainTime(index) ?? XMLTime(value(index))
    }

    /// An element's text as a time of the commonest form; `nil` for any other.
    func plainTime(_ index: Int) -> XMLTime? { XMLTime(plain: text.span.extracting(elements[index].text.places)) }

    /// An element's text without white space at its ends.
    func string(_ index: Int) -> String { text.span.extracting(elements[index].text.places).trimmedText }

    /// An element's text as an `xs:token`.
    func token(_ index: Int) -> String { text.span.extracting(elements[index].text.places).token }

    /// An element's text as it is.
    func fullText(_ index: Int) -> ArraySlice<UInt8> { text[elements[index].text] }

    /// Whether all attributes without a namespace have names that meet a condition.
    func attributes(of index: Int, allSatisfy isMet: (XMLName) -> Bool) -> Bool {
        attributeIndices(of: index).allSatisfy { attributes[$0].namespace != .none || isMet(attributes[$0].name) }
    }

    /// Whether an attribute with this name has a namespace, so that it is not the one that is meant.
    func hasForeignAttribute(_ name: XMLName, of index: Int) -> Bool {
        attributeIndices(of: index).contains { attributes[$0].name == name && attributes[$0].namespace != .none }
    }

    /// The value of an attribute without a namespace, as it is.
    func attribute(_ name: XMLName, of index: Int) -> String? {
        place(ofAttribute: name, of: index).map { String(copying: words.span.extracting($0)) }
    }

    /// The value of an attribute without a namespace, as an `xs:token`.
    func token(_ name: XMLName, of index: Int) -> String? {
        place(ofAttribute: name, of: index).map { words.span.extracting($0).token }
    }

    func hasAttributes(_ index: Int) -> Bool { !elements[index].attributes.isEmpty }

    private func place(ofAttribute name: XMLName, of index: Int) -> Range<Int>? {
        for index in attributeIndices(of: index)
        where attributes[index].name == name && attributes[index].namespace == .none {
            return attributes[index].value.places
        }
        return nil
    }

    private func attributeIndices(of index: Int) -> Range<Int> { elements[index].attributes.places }

    struct Children: Sequence, IteratorProtocol {
        fileprivate let table: [XMLRecord.Element]
        fileprivate var index: Int
        fileprivate let end: Int

        mutating func next() -> Int? {
            guard index < end else { return nil }
            defer { index = Int(table[index].end) }
            return index
        }
    }
}

extension Array {
    fileprivate subscript(range: Range<UInt32>) -> ArraySlice<Element> { self[range.places] }
}

extension Range<UInt32> {
    fileprivate var places: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}
