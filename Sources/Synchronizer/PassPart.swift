import ReservationStore

/// What of all that waits the next pass takes.
///
/// What was being decided when the service ended is decided last, and in parts that become smaller: if one of a great
/// many contents is the reason, three ends tell which, and no other content is blamed three times.
struct PassPart {
    let changes: [ExportChange]
    /// Whether one of them may be what ended the service.
    let isSuspect: Bool

    /// After the first end; after the second they are decided one by one.
    private static let suspectsAtOnce = 100

    /// - Parameter attempts: how often the service ended while it decided a change.
    init(of waiting: some Sequence<ExportChange>, attempts: (ExportChange) -> Int) {
        let byAttempts = Dictionary(grouping: waiting, by: attempts)
        let fewest = byAttempts.keys.min() ?? 0
        let first = (byAttempts[fewest] ?? []).sorted { $0.export < $1.export }
        isSuspect = fewest > 0
        switch fewest {
        case 0: changes = first
        case 1: changes = Array(first.prefix(Self.suspectsAtOnce))
        default: changes = Array(first.prefix(1))
        }
    }
}
