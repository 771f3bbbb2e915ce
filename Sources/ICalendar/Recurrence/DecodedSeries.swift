/// The events of one UID as a series, and what was wrong with them.
public struct DecodedSeries: Sendable {
    /// Those of the events that can be used; without any if all were rejected.
    public let series: EventSeries
    /// Of all its events, those that are rejected included, in the order of the lines.
    public let diagnostics: [ICalendarDiagnostic]
    private let storage: DocumentStorage
    /// The components of the series' events by number; of most series there is but one.
    private let firstComponent: Int
    private let laterComponents: [Int]

    fileprivate init(
        _ events: consuming [Event], _ diagnostics: [ICalendarDiagnostic], _ storage: DocumentStorage, first: Int,
        later: [Int]
    ) {
        series = EventSeries(sameUID: events)
        self.diagnostics = diagnostics
        self.storage = storage
        firstComponent = first
        laterComponents = later
    }

    /// The VEVENT that an occurrence takes its properties from, with those that were not decoded.
    public func component(of component: SeriesOccurrence.Component) -> ComponentView {
        let event =
            switch component {
            case .master: series.masterIndex ?? 0
            case .override(let number): series.overrideIndices[number]
            }
        return ComponentView(storage: storage, index: event == 0 ? firstComponent : laterComponents[event - 1])
    }
}

/// The series of a calendar, in order of first appearance; each is decoded when the iterator comes to it, so that the
/// events of a large calendar are never in memory all at once.
public struct SeriesSequence: Sequence, Sendable {
    let calendar: CalendarObject
    let detail: EventDetail

    public func makeIterator() -> Iterator { Iterator(calendar, detail) }

    public struct Iterator: IteratorProtocol {
        private let storage: DocumentStorage
        private let chains: EventChains
        private var reader: EventReader
        private var event = 0

        fileprivate init(_ calendar: CalendarObject, _ detail: EventDetail) {
            storage = calendar.component.storage
            reader = EventReader(storage, detail, method: calendar.method)
            chains = EventChains(calendar)
        }

        public mutating func next() -> DecodedSeries? {
            while event < chains.components.count {
                event += 1
                if chains.isFirst(event - 1) { return series(from: event - 1) }
            }
            return nil
        }

        private mutating func series(from first: Int) -> DecodedSeries {
            guard chains.next(after: first) != nil else { return alone(Int(chains.components[first])) }
            var events: [Event] = []
            var diagnostics: [ICalendarDiagnostic] = []
            var components: (first: Int, later: [Int]) = (0, [])
            var event: Int? = first
            while let current = event {
                event = chains.next(after: current)
                let component = Int(chains.components[current])
                var decoded = Event()
                let found = reader.read(component, into: &decoded)
                if !found.isEmpty {
                    diagnostics += found
                    if found.contains(where: { $0.effect == .componentRejected }) { continue }
                }
                if events.isEmpty { components.first = component } else { components.later.append(component) }
                events.append(decoded)
            }
            return DecodedSeries(events, diagnostics, storage, first: components.first, later: components.later)
        }

        /// Most series are one event.
        private mutating func alone(_ component: Int) -> DecodedSeries {
            // Decoded where it stays: an event is large to move.
            var events = [Event()]
            let diagnostics = reader.read(component, into: &events[0])
            if diagnostics.contains(where: { $0.effect == .componentRejected }) { events = [] }
            return DecodedSeries(events, diagnostics, storage, first: component, later: [])
        }
    }
}

/// Which events of a calendar have the same UID: each knows the next one, in order of appearance.
private struct EventChains: Sendable {
    /// The events, as numbers of components, in order.
    private(set) var components: [UInt32] = []
    /// For each event the next one of its UID, 0 where there is none; and whether one stands before it.
    private var links: [UInt32] = []

    private static let follows: UInt32 = 1 << 31

    init(_ calendar: CalendarObject) {
        guard !calendar.isRejected else { return }
        let storage = calendar.component.storage
        let end = Int(calendar.component.record.endComponent)
        var component = calendar.component.index + 1
        while component < end {
            if storage.components[component].kind == .event { components.append(UInt32(component)) }
            component = Int(storage.components[component].endComponent)
        }
        links = Array(repeating: 0, count: components.count)
        var table = UIDTable(count: components.count)
        for event in components.indices {
            let component = Int(components[event])
            guard let hash = storage.uidHash(of: component) else { continue }
            let last = table.last(hash, replacedBy: event) { [components] other in
                storage.uid(of: component) == storage.uid(of: Int(components[other]))
            }
            guard let last else { continue }
            links[last] |= UInt32(event)
            links[event] = Self.follows
        }
    }

    /// Whether no event of the same UID stands before this one.
    func isFirst(_ event: Int) -> Bool { links[event] & Self.follows == 0 }

    /// The next event of the same UID.
    func next(after event: Int) -> Int? {
        let next = links[event] & ~Self.follows
        return next == 0 ? nil : Int(next)
    }
}

extension CalendarObject {
    /// The VEVENT components whose UID another one has too, in order: series of which an iterator over ``events`` does
    /// not come to all at once. There are none in a calendar that its ``diagnostics`` reject.
    public var eventsOfRepeatedUIDs: [ComponentView] {
        let chains = EventChains(self)
        return chains.components.indices.filter { !chains.isFirst($0) || chains.next(after: $0) != nil }
            .map { ComponentView(storage: component.storage, index: Int(chains.components[$0])) }
    }
}

extension DocumentStorage {
    /// Of the first UID of a component; `nil` without one.
    fileprivate func uidHash(of component: Int) -> UInt32? {
        switch components[component].uid {
        case .none: return nil
        case .hashed(let hash): return hash
        case .encoded:
            let uid = uid(of: component)
            return uid.isEmpty ? nil : uid.span.hash(of: uid.indices)
        }
    }

    /// The first UID of a component, decoded; empty without one.
    fileprivate func uid(of component: Int) -> [UInt8] {
        var walk = LineWalk(self, component)
        while let line = walk.next(self) {
            if lines[line].kind == .uid { return Array(textValue(ofLine: line).utf8) }
        }
        return []
    }
}
