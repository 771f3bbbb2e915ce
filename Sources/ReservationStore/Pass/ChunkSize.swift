/// How many rows a pass writes in one transaction: so many that it takes a small part of what Prosody may have to wait
/// for it (20 ms; design: ingest, "Switching"), on whatever machine and beside whatever else it does: who asks waits
/// for a processor too.
struct ChunkSize {
    private(set) var rows = 200

    private static let bounds = 50...2_000
    private static let longest = Duration.milliseconds(2)

    /// - Parameter elapsed: what the last transaction of `rows` took, its commit included.
    mutating func note(_ elapsed: Duration) {
        let wanted = elapsed > Self.longest ? rows / 2 : elapsed < Self.longest / 2 ? rows * 5 / 4 : rows
        rows = min(max(wanted, Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}
