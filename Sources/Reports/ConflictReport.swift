import Reservations

/// All conflicts that are open now: declined reservations with what stands in their way.
package struct ConflictReport: Hashable, Sendable {
    /// By start, room and UID; at most as many as the context allows.
    package var conflicts: [Finding]
    /// How many there were before the list was cut.
    package var conflictsTotal: Int

    /// A reservation with its decision, and where it was read.
    package struct Item: Hashable, Sendable {
        package var reported: ReportedReservation
        /// The file, with its source's name before it.
        package var file: String?
        package var line: Int?
        package var sequence: Int?

        package init(_ reported: ReportedReservation, file: String? = nil, line: Int? = nil, sequence: Int? = nil) {
            self.reported = reported
            self.file = file
            self.line = line
            self.sequence = sequence
        }
    }

    /// The conflicts among `items`; what is not declined is left out.
    ///
    /// - Parameter total: how many there are, where `items` are not all of them.
    package init(_ items: [Item], total: Int? = nil, context: ReportContext) {
        let declined = items.filter { $0.reported.decision.verdict == .declined }.sorted {
            let (first, second) = ($0.reported.reservation, $1.reported.reservation)
            return first.slot == second.slot ? first.id < second.id : first.slot < second.slot
        }
        conflictsTotal = max(total ?? 0, declined.count)
        conflicts = declined.prefix(context.findingLimit).map {
            Finding($0.reported, file: $0.file, line: $0.line, sequence: $0.sequence, context: context)
        }
    }
}
