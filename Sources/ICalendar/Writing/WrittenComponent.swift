/// A component as it is to be written: its properties, then the components inside.
///
/// Reading what was written gives an equal value, within the reader's ``Limits``.
public struct WrittenComponent: Hashable, Sendable {
    /// Upper-cased, such as `VEVENT`.
    public let name: String
    /// In the order of writing; those called BEGIN or END are left out.
    public var properties: [WrittenProperty]
    /// Those inside, written after the properties.
    public var components: [WrittenComponent]

    /// A component; its name is upper-cased and cleaned of what a BEGIN line cannot hold.
    public init(_ name: String, properties: [WrittenProperty] = [], components: [WrittenComponent] = []) {
        // The name is the value of a BEGIN line, where only controls and blanks around it have no place.
        let value = WrittenProperty("BEGIN", rawValue: name.uppercased()).rawValue
        let bytes = Array(value.utf8)
        self.name = bytes.span.string(bytes.span.trimmed(bytes.indices))
        self.properties = properties
        self.components = components
    }

    /// A component that was read, with everything inside.
    public init(_ view: ComponentView) {
        self.init(
            view.name, properties: view.properties.map(WrittenProperty.init),
            components: view.components.map { WrittenComponent($0) })
    }

    /// The content lines from BEGIN to END, in UTF-8.
    public var bytes: [UInt8] {
        var writer = ContentLineWriter()
        writer.write(self)
        return writer.bytes
    }
}
