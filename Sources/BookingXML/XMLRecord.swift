internal import CBookingXML

/// The elements of one record in document order: flat tables that are filled again for each record, so that a file of
/// any size costs the memory of its greatest record, and nothing is allocated for an element.
struct XMLRecord {
    fileprivate struct Element {
        /// `other` for names that no dialect reads, and for those of a foreign namespace.
        var name = XMLName.other
        var line: UInt32 = 1
        /// The index after the element's last descendant.
        var end: UInt32 = 0
        /// In `text`: all text inside the element, that of its descendants included.
        var text: Range<UInt32> = 0..<0
        /// In `words`: what is written where `name` is `other` and the namespace is not foreign.
        var otherName: Range<UInt32> = 0..<0
        var attributes: Range<UInt32> = 0..<0
    }

    private struct Attribute {
        var name: XMLName
        var namespace: XMLNamespace
        /// In `words`: what is written where `name` is `other`.
        var otherName: Range<UInt32>
        /// In `words`.
        var value: Range<UInt32>
    }

    private(set) var isOverLimit = false
    /// Longer than `count`, so that it need not grow again.
    private var elements: [Element] = []
    private var count = 0
    private var attributes: [Attribute] = []
    private var text: [UInt8] = []
    private var words: [UInt8] = []
    /// Whether there is an element or an attribute whose name no dialect reads.
    private(set) var hasOtherNames = false
    /// Whether there is an element or an attribute called `password`.
    private(set) var hasPassword = false
    private let maximumElements: Int
    private let maximumBytes: Int

    /// Never more than 2 GiB of text, so that four bytes number everything.
    init(limits: XMLLimits) {
        maximumElements = limits.elementsPerRecord
        maximumBytes = min(limits.textBytesPerRecord, Int(Int32.max))
    }

    // MARK: Filling

    /// Takes the element at `first` and all that is inside, as far as it has come, in the place of the former record.
    ///
    /// - Parameter namespaces: of the names that have a meaning.
    mutating func fill(from table: borrowing XMLElementTable, at first: Int, namespaces: XMLNamespaceSet) {
        let size = table.size(of: first)
        isOverLimit = !holds(size)
        let root = table.element(first)
        fillElements(table, first..<first + size.elements, root, namespaces)
        fillAttributes(table, Int(root.attributes)..<Int(root.attributes) + size.attributes, root)
        text.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        table.append(text: Int(root.text)..<Int(root.text) + size.text, to: &text)
        table.append(words: Int(root.words)..<Int(root.words) + size.words, to: &words)
    }

    /// Whether so much may be in a record.
    func holds(_ size: XMLElementTable.Size) -> Bool {
        size.elements <= maximumElements && size.text <= maximumBytes && size.words <= maximumBytes
    }

    private mutating func fillElements(
        _ table: borrowing XMLElementTable, _ range: Range<Int>, _ root: bookingxml_element,
        _ namespaces: XMLNamespaceSet
    ) {
        count = range.count
        if elements.count < count {
            elements.append(contentsOf: repeatElement(Element(), count: count - elements.count))
        }
        let allNames = XMLName.all
        var (hasOther, hasPassword) = (false, false)
        var filled = elements.mutableSpan
        for index in range {
            let element = table.element(index)
            let isKnown = namespaces.contains(number: element.space)
            let name = isKnown && element.name >= 0 ? allNames[Int(element.name)] : .other
            hasOther = hasOther || name == .other
            hasPassword = hasPassword || name == .password
            filled[index - range.lowerBound] = Element(
                name: name, line: element.line,
                end: element.end == 0 ? UInt32(range.count) : element.end - UInt32(range.lowerBound),
                text: element.text - root.text..<element.text_end - root.text,
                otherName: isKnown ? element.words - root.words..<element.name_end - root.words : 0..<0,
                attributes: element.attributes - root.attributes..<element.attributes_end - root.attributes)
        }
        (hasOtherNames, self.hasPassword) = (hasOther, hasPassword)
    }

    private mutating func fillAttributes(
        _ table: borrowing XMLElementTable, _ range: Range<Int>, _ root: bookingxml_element
    ) {
        attributes.removeAll(keepingCapacity: true)
        for index in range {
            let attribute = table.attribute(index)
            let name = XMLName.numbered(Int(attribute.name))
            hasOtherNames = hasOtherNames || name == .other
            hasPassword = hasPassword || name == .password
            attributes.append(
                Attribute(
                    name: name, namespace: .numbered(Int(attribute.space)),
                    otherName: attribute.words - root.words..<attribute.value - root.words,
                    value: attribute.value - root.words..<attribute.words_end - root.words))
        }
    }

    // MARK: Asking

    var indices: Range<Int> { 0..<count }

    /// The line of the record's start tag.
    var line: Int { count == 0 ? 1 : line(of: 0) }

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

    /// Calls `body` with the name and the number of each attribute without a namespace.
    func forEachAttribute(of index: Int, _ body: (XMLName, Int) -> Void) {
        for attribute in attributeIndices(of: index) where attributes[attribute].namespace == .none {
            body(attributes[attribute].name, attribute)
        }
    }

    /// The value of the attribute with this number, as it is.
    func attributeText(_ attribute: Int) -> String {
        String(copying: words.span.extracting(attributes[attribute].value.places))
    }

    /// The value of the attribute with this number, as an `xs:token`.
    func attributeToken(_ attribute: Int) -> String { words.span.extracting(attributes[attribute].value.places).token }

    /// What is written where the name of the attribute with this number is `other`.
    func otherName(ofAttribute attribute: Int) -> String {
        String(copying: words.span.extracting(attributes[attribute].otherName.places))
    }

    /// Whether an element has text beside that of its children.
    func hasTextOfItsOwn(_ index: Int) -> Bool {
        let element = elements[index]
        var (seen, child) = (element.text.lowerBound, index + 1)
        while child < element.end {
            let inside = elements[child].text
            // Mostly nothing: white space between two elements is left out.
            if seen != inside.lowerBound, !isBlank(seen..<inside.lowerBound) { return true }
            (seen, child) = (inside.upperBound, Int(elements[child].end))
        }
        return !isBlank(seen..<element.text.upperBound)
    }

    private func isBlank(_ range: Range<UInt32>) -> Bool { text.span.extracting(range.places).isBlank }

    /// Whether an element has any text, be it white space.
    func hasText(_ index: Int) -> Bool { !elements[index].text.isEmpty }

    /// Whether an element has no text but white space.
    func isBlank(_ index: Int) -> Bool { isBlank(elements[index].text) }

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

    /// The bytes of the value of an attribute without a namespace.
    func bytes(_ name: XMLName, of index: Int) -> ArraySlice<UInt8>? {
        place(ofAttribute: name, of: index).map { words[$0] }
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
