package import ReservationStore
package import Reservations

/// What an import would change, booking by booking.
package struct ImportPreview: Sendable {
    package enum Mark: String, Sendable, CaseIterable {
        case added = "+"
        case gone = "-"
        case changed = "~"
        /// It would not get a slot that it wants.
        case declined = "!"
    }

    package struct Line: Hashable, Sendable {
        package var mark: Mark
        package var export: ExportName
        package var booking: Booking
        /// Why, where it is declined.
        package var decision: Decision?
    }

    /// In order of export, and of the file's lines.
    package let lines: [Line]

    /// - Parameters:
    ///   - before: the bookings of a source and what was decided about them, by export.
    ///   - after: the same after the import.
    package init(before: [ExportName: [BookingOutcome]], after: [ExportName: [BookingOutcome]]) {
        let names = Set(before.keys).union(after.keys).sorted()
        lines = names.flatMap { Self.lines(of: $0, before: before[$0] ?? [], after: after[$0] ?? []) }
    }

    private static func lines(
        of export: ExportName, before: [BookingOutcome], after: [BookingOutcome]
    ) -> [Line] {
        let known = Dictionary(before.map { ($0.booking.key, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = Set(after.map(\.booking.key))
        let present = after.compactMap { outcome -> Line? in
            let old = known[outcome.booking.key]
            guard old.map({ !$0.says(the: outcome) }) ?? true else { return nil }
            if let declined = outcome.declined {
                return Line(mark: .declined, export: export, booking: outcome.booking, decision: declined)
            }
            return Line(mark: old == nil ? .added : .changed, export: export, booking: outcome.booking)
        }
        let gone = before.filter { !kept.contains($0.booking.key) }.map {
            Line(mark: .gone, export: export, booking: $0.booking)
        }
        return present + gone
    }
}

extension ReservationStore {
    /// The bookings of a source and what was decided about them, by export.
    package func outcomes(ofSource source: String) async throws -> [ExportName: [BookingOutcome]] {
        var outcomes: [ExportName: [BookingOutcome]] = [:]
        for export in try await exports() where export.name.source == source {
            outcomes[export.name] = try await self.outcomes(of: export.row)
        }
        return outcomes
    }
}

extension BookingOutcome {
    /// The first decision that declines one of its reservations.
    fileprivate var declined: Decision? {
        reservations.lazy.map(\.decision).first { $0.verdict == .declined }
    }

    /// Whether another look at the booking finds the same, its line apart.
    fileprivate func says(the other: BookingOutcome) -> Bool {
        var moved = booking
        moved.line = other.booking.line
        return moved == other.booking
            && reservations.map(\.decision.verdict) == other.reservations.map(\.decision.verdict)
    }
}
