/// Diagnostics up to a limit; what goes beyond is counted and told in one last sentence.
struct DiagnosticList {
    private(set) var all: [ICalendarDiagnostic] = []
    private var dropped = 0
    private let limit: Int

    init(limit: Int) { self.limit = max(limit, 1) }

    var isEmpty: Bool { all.isEmpty }

    /// Whether another finding that rejects nothing would be kept.
    var hasRoom: Bool { all.count < limit }

    /// Counts a finding that is not kept.
    mutating func drop() { dropped += 1 }

    /// A rejection is never dropped, since callers decide by it.
    mutating func add(
        _ code: ICalendarDiagnostic.Code, _ effect: ICalendarDiagnostic.Effect, line: Int, _ message: String
    ) {
        guard hasRoom || effect == .componentRejected else { return drop() }
        all.append(ICalendarDiagnostic(code, effect, line: line, message))
    }

    /// All of them; the last one says how many are missing.
    var closed: [ICalendarDiagnostic] {
        guard dropped > 0, let last = all.last else { return all }
        let note = ICalendarDiagnostic(
            last.code, .noted, line: last.line, "\(dropped) more findings of this kind or others are not listed")
        return all + [note]
    }
}
