/// What equal values have in common and, as good as surely, no others: 128 bits, by random keys of this process, so
/// that nobody can make two values that share one. It stands for values of which more may come than fit into memory.
struct Mark: Hashable {
    private let first: Int
    private let second: Int

    init(_ value: some Hashable) {
        first = value.hashValue
        var hasher = Hasher()
        hasher.combine(first)
        hasher.combine(value)
        second = hasher.finalize()
    }
}
