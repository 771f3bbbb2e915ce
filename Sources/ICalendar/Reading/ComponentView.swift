/// A component of a document: its name, its properties and the components inside, all decoded when they are asked for.
///
/// A view is two words that share the document; it stays valid as long as it is kept.
public struct ComponentView: Sendable {
    let storage: DocumentStorage
    let index: Int

    var record: ComponentRecord { storage.components[index] }

    /// Which of the known components it is.
    public var kind: ComponentKind { record.kind }

    /// Its name, upper-cased.
    public var name: String {
        guard kind == .other else { return kind.rawValue }
        let text = storage.text
        let line = Int(record.firstLine)
        return storage.string(text.span.trimmed(storage.range(ofValue: line)), ofLine: line).uppercased()
    }

    /// The line of the document where it begins, from 1, counted before unfolding.
    public var line: Int { Int(record.documentLine) }

    /// Whether its own END was there. `false` for one that another BEGIN or END, or the end of the document, closed.
    public var isEnded: Bool { record.flags.contains(.ended) }

    /// Whether a limit was reached, so that what is here is not all of it.
    public var isOverLimit: Bool { record.flags.contains(.overLimit) }

    /// Its own properties in order, without BEGIN and END and without those of components inside.
    public var properties: PropertySequence { PropertySequence(storage: storage, component: index) }

    /// Calls `body` with each of its ``properties``: the quickest way to look at all of a large document.
    public func forEachProperty<Failure: Error>(
        _ body: (borrowing PropertyView) throws(Failure) -> Void
    ) throws(Failure) {
        // One view that goes on, so that the document is not retained for each line anew.
        var view = PropertyView(storage: storage, index: 0)
        var walk = LineWalk(storage, index)
        while let run = walk.nextRun(storage) {
            for line in run {
                view.advance(to: line)
                try body(view)
            }
        }
    }

    /// The properties of this name, in order; case does not matter.
    public func properties(named name: String) -> [PropertyView] {
        let name = name.uppercased()
        return properties.filter { $0.name == name }
    }

    /// The first property of this kind.
    public func first(_ kind: PropertyKind) -> PropertyView? {
        properties.first { $0.kind == kind }
    }

    /// The components directly inside, in order.
    public var components: [ComponentView] {
        var views: [ComponentView] = []
        var child = index + 1
        while child < record.endComponent {
            views.append(ComponentView(storage: storage, index: child))
            child = Int(storage.components[child].endComponent)
        }
        return views
    }

    /// Those of one kind directly inside, in order.
    func components(of kind: ComponentKind) -> [ComponentView] {
        var views: [ComponentView] = []
        var child = index + 1
        let end = Int(record.endComponent)
        while child < end {
            if storage.components[child].kind == kind { views.append(ComponentView(storage: storage, index: child)) }
            child = Int(storage.components[child].endComponent)
        }
        return views
    }

    /// All of it as it was read, from BEGIN to END with everything inside: unfolded, an LF between lines, nothing
    /// escaped or decoded. Two components with equal bytes say the same, however they were folded.
    public var unfoldedBytes: [UInt8] {
        var bytes: [UInt8] = []
        appendUnfolded(to: &bytes)
        return bytes
    }

    /// Appends the ``unfoldedBytes``: whoever goes through a large document needs no memory for each component.
    public func appendUnfolded(to bytes: inout [UInt8]) {
        let lines = Int(record.firstLine)..<Int(record.endLine)
        let text = storage.text
        bytes.reserveCapacity(
            lines.reduce(bytes.count + lines.count) { $0 + storage.lines[$1].range(text.span).count })
        for line in lines {
            if line > lines.lowerBound { bytes.append(ASCII.lineFeed) }
            // The buffer is not kept.
            unsafe text.span.extracting(storage.lines[line].range(text.span)).withUnsafeBufferPointer { content in
                unsafe bytes.append(contentsOf: content)
            }
        }
    }
}

/// The properties of one component, in order.
public struct PropertySequence: Sequence, Sendable {
    let storage: DocumentStorage
    let component: Int

    public func makeIterator() -> Iterator { Iterator(storage: storage, walk: LineWalk(storage, component)) }

    public struct Iterator: IteratorProtocol {
        let storage: DocumentStorage
        var walk: LineWalk

        public mutating func next() -> PropertyView? {
            guard let line = walk.next(storage) else { return nil }
            return PropertyView(storage: storage, index: line)
        }
    }
}

/// Walks over the lines of a component, past the components inside.
struct LineWalk {
    private var line: Int
    private let end: Int
    private var child: Int
    private let endComponent: Int

    init(_ storage: borrowing DocumentStorage, _ component: Int) {
        let record = storage.components[component]
        line = Int(record.firstLine) + 1
        end = Int(record.endLine) - (record.flags.contains(.ended) ? 1 : 0)
        child = component + 1
        endComponent = Int(record.endComponent)
    }

    /// The lines up to the next component inside.
    @inline(__always)
    mutating func nextRun(_ storage: DocumentStorage) -> Range<Int>? {
        while child < endComponent, line == storage.components[child].firstLine {
            line = Int(storage.components[child].endLine)
            child = Int(storage.components[child].endComponent)
        }
        guard line < end else { return nil }
        let run = line..<(child < endComponent ? Int(storage.components[child].firstLine) : end)
        line = run.upperBound
        return run
    }

    @inline(__always)
    mutating func next(_ storage: DocumentStorage) -> Int? {
        guard let run = nextRun(storage) else { return nil }
        line = run.lowerBound + 1
        return run.lowerBound
    }
}
