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
}

/// The events of a calendar, in order; each is decoded when the iterator comes to it. There are none in a calendar that
/// its ``CalendarObject/diagnostics`` reject.
public struct EventSequence: Sequence, Sendable {
    let calendar: CalendarObject

    public func makeIterator() -> Iterator { Iterator(calendar) }

    public struct Iterator: IteratorProtocol {
        private let storage: DocumentStorage
        private let method: String?
        private let isRejected: Bool
        private var component: Int
        private let end: Int

        init(_ calendar: CalendarObject) {
            storage = calendar.component.storage
            method = calendar.method
            isRejected = calendar.versionDiagnostic?.effect == .componentRejected
            component = calendar.component.index + 1
            end = Int(calendar.component.record.endComponent)
        }

        public mutating func next() -> DecodedEvent? {
            while !isRejected, component < end {
                let current = component
                component = Int(storage.components[current].endComponent)
                guard storage.components[current].kind == .event else { continue }
                var reader = EventReader(storage, current)
                return reader.read(method: method)
            }
            return nil
        }
    }
}
