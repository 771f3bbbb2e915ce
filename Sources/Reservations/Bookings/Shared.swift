/// A value that all copies share until one of them changes it: copying costs one count of references, however much is
/// in it.
struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    init(_ value: Value) { box = Box(value) }

    var value: Value {
        get { box.value }
        set { box = Box(newValue) }
    }

    static func == (lhs: Shared, rhs: Shared) -> Bool { lhs.box === rhs.box || lhs.value == rhs.value }

    func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}

extension Shared: CustomStringConvertible {
    var description: String { "\(value)" }
}
