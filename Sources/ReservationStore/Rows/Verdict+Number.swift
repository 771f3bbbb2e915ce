import Reservations

/// Verdicts as rows of reservations have them: numbers, which are in two indexes too.
extension Verdict {
    private static let numbered: [Verdict] = [.granted, .declined, .duplicate]

    /// Of all verdicts, for `IN`: in the index of rooms they stand between the room and the start.
    static let everyNumber = numbered.map { "\($0.number)" }.joined(separator: ", ")

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
