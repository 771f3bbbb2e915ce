/// What the synchronizers of one service share: those of directories that may hang work for themselves.
struct SharedWork: Sendable {
    let attempts: Attempts
    /// What one of them may read before it is decided.
    let portion: ReadingPortion
    let start: FirstPass
    let turns: DecidingTurns
    let held: HeldSources
    let moves: MovedSources

    /// - Parameters:
    ///   - groups: how many synchronizers there are.
    ///   - local: what the first one of them waits for, which has the disks of this machine.
    init(attempts: Attempts, groups: Int = 1, local: Wakes = Wakes()) {
        self.attempts = attempts
        portion = ReadingPortion(ofOneAmong: groups)
        start = FirstPass(groups: groups)
        turns = DecidingTurns(attempts: attempts)
        held = HeldSources(local: local)
        moves = MovedSources(local: local)
    }
}
