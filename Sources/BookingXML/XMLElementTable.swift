internal import CBookingXML

/// The elements that the parser has found and that are not yet let go of, in document order. It is only lent, and valid
/// until the parser is fed again; every index is checked.
@safe struct XMLElementTable: ~Copyable {
    private let elements: UnsafeBufferPointer<bookingxml_element>
    private let attributes: UnsafeBufferPointer<bookingxml_attribute>
    private let text: UnsafeBufferPointer<UInt8>
    private let words: UnsafeBufferPointer<UInt8>

    /// How much an element and all that is inside of it take.
    struct Size {
        var elements: Int
        var attributes: Int
        /// In bytes.
        var text: Int
        /// Names outside of the vocabulary and values of attributes, in bytes.
        var words: Int
    }

    let count: Int
    private let attributeCount: Int
    let textCount: Int
    private let wordCount: Int

    /// - Parameter parser: of the C target; it outlives the table.
    init(of parser: OpaquePointer) {
        count = unsafe bookingxml_element_count(parser)
        attributeCount = unsafe bookingxml_attribute_count(parser)
        textCount = unsafe bookingxml_text_count(parser)
        wordCount = unsafe bookingxml_word_count(parser)
        unsafe elements = UnsafeBufferPointer(start: bookingxml_elements(parser), count: count)
        unsafe attributes = UnsafeBufferPointer(start: bookingxml_attributes(parser), count: attributeCount)
        unsafe text = UnsafeBufferPointer(start: bookingxml_text(parser), count: textCount)
        unsafe words = UnsafeBufferPointer(start: bookingxml_words(parser), count: wordCount)
    }

    func element(_ index: Int) -> bookingxml_element {
        precondition(index >= 0 && index < count)
        return unsafe elements[index]
    }

    func attribute(_ index: Int) -> bookingxml_attribute {
        precondition(index >= 0 && index < attributeCount)
        return unsafe attributes[index]
    }

    /// Of an element as far as it has come.
    func size(of index: Int) -> Size {
        let first = element(index)
        let end = first.end == 0 ? count : Int(first.end)
        let (attributesEnd, wordsEnd) =
            end < count
            ? (Int(element(end).attributes), Int(element(end).words)) : (attributeCount, wordCount)
        return Size(
            elements: end - index, attributes: attributesEnd - Int(first.attributes),
            text: (first.end == 0 ? textCount : Int(first.text_end)) - Int(first.text),
            words: wordsEnd - Int(first.words))
    }

    /// Whether there is nothing but white space in a part of the text.
    func isBlank(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return true }
        precondition(range.lowerBound >= 0 && range.upperBound <= textCount)
        return unsafe text[range].allSatisfy(\.isWhitespace)
    }

    func append(text range: Range<Int>, to bytes: inout [UInt8]) {
        precondition(range.lowerBound >= 0 && range.upperBound <= textCount)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
    }

    func append(words range: Range<Int>, to bytes: inout [UInt8]) {
        precondition(range.lowerBound >= 0 && range.upperBound <= wordCount)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: words[range]))
    }

    /// The value of an attribute.
    func value(_ attribute: bookingxml_attribute) -> String {
        let range = Int(attribute.value)..<Int(attribute.words_end)
        precondition(range.upperBound <= wordCount)
        return unsafe String(decoding: UnsafeBufferPointer(rebasing: words[range]), as: UTF8.self)
    }
}
