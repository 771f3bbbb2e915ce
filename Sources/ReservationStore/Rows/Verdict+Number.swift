import Reservations

/// Verdicts as schedules have them.
extension Verdict {
    private static let numbered: [Verdict] = [.granted, .declined, .duplicate]

    var number: Int {
        switch self {
        case .granted: 0
        case .declined: 1
        case .duplicate: 2
        }
    }

    init?(number: Int) {
        guard Self.numbered.indices.contains(number) else { return nil }
        self = Self.numbered[number]
    }
}
