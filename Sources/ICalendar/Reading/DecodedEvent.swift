/// A VEVENT as far as it could be decoded, and what was wrong with it.
public struct DecodedEvent: Sendable {
    /// Of a rejected event it has what was readable, at best the UID, so that reports can name it.
    public let event: Event
    /// In the order of the lines.
    public let diagnostics: [ICalendarDiagnostic]
    /// The component that it was decoded from.
    public let component: ComponentView

    /// Whether it must not be used: something that decides its times is missing or unreadable.
    public var isRejected: Bool { diagnostics.contains { $0.effect == .componentRejected } }

    /// The ``event`` of a value that is not needed any more: a copy of an event counts some thirty references.
    public consuming func takeEvent() -> Event { event }
}

/// How much of an event is decoded; what is left out can still be asked of ``DecodedEvent/component``.
public enum EventDetail: Hashable, Sendable {
    /// UID, STATUS, TRANSP, and what decides when the event takes place and which of its revisions counts.
    case times
    /// All fields of ``Event``, but of its people not the names (CN).
    case everythingButNames
    /// All fields of ``Event``.
    case everything
}

/// The events of a calendar, in order; each is decoded when the iterator comes to it. There are none in a calendar that
/// its ``CalendarObject/diagnostics`` reject.
public struct EventSequence: Sequence, Sendable {
    let calendar: CalendarObject
    let detail: EventDetail

    public func makeIterator() -> Iterator { Iterator(calendar, detail) }

    public struct Iterator: IteratorProtocol {
        private let storage: DocumentStorage
        private var reader: EventReader
        private var component: Int
        private let end: Int

        init(_ calendar: CalendarObject, _ detail: EventDetail) {
            storage = calendar.component.storage
            reader = EventReader(storage, detail, method: calendar.method)
            component = calendar.component.index + 1
            end = calendar.isRejected ? component : Int(calendar.component.record.endComponent)
        }

        public mutating func next() -> DecodedEvent? {
            while component < end {
                let current = component
                component = Int(storage.components[current].endComponent)
                guard storage.components[current].kind == .event else { continue }
                var event = Event()
                let diagnostics = reader.read(current, into: &event)
                return DecodedEvent(
                    event: event, diagnostics: diagnostics, component: ComponentView(storage: storage, index: current))
            }
            return nil
        }
    }
}
