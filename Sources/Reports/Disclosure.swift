/// What whoever lost a slot may learn of who has it (`disclose_winner`).
package enum Disclosure: String, Hashable, Sendable, CaseIterable {
    /// That the room is taken, and when.
    case time
    /// Its owner too.
    case owner
    /// Its owner, title, UID and source too.
    case all
}
