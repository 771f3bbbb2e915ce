/// How much of what has settled is read before it is decided: so many exports at once that more would neither fit into
/// memory nor let others wait.
struct ReadingPortion {
    var exports = 50_000
    /// Of their contents; those of large exports lie on the disk, and do not count.
    var bytes = 64 << 20
}
