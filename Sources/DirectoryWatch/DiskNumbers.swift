/// Tells the disks apart on which directories lie: by their device, and by where it is mounted.
///
/// A directory that is mounted from elsewhere on the same disk, as by `mount --bind`, has that disk's device, and so
/// has the one beneath: its exports would seem removed when it is not mounted.
struct DiskNumbers {
    /// Absolute and without links; `nil` while it leads nowhere.
    private let root: String?
    /// Where the file system is mounted on which the root lies.
    private let base: String
    /// Where others are mounted below the root.
    private let below: [String]

    init(_ root: String, mounts: [MountTable.Mount]) {
        let real = realPath(root)
        let points = Set(mounts.map(\.point))
        self.root = real
        base = points.filter { point in real.map { MountTable.holds(point, $0) } ?? false }.longest ?? "/"
        below = points.filter { point in real.map { $0 != point && MountTable.holds($0, point) } ?? false }
    }

    /// - Parameters:
    ///   - directory: relative to the root; empty for the root itself.
    ///   - device: that of the directory.
    func number(of directory: String, device: UInt64) -> UInt64 {
        let path = root.map { directory.isEmpty ? $0 : $0 == "/" ? "/\(directory)" : "\($0)/\(directory)" }
        let point = below.filter { point in path.map { MountTable.holds(point, $0) } ?? false }.longest ?? base
        // What is mounted first is there always.
        guard point != "/" else { return device }
        // FNV-1a: the store keeps it, so that it has to be the same after each start.
        return point.utf8.reduce(device ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension Sequence<String> {
    fileprivate var longest: String? { self.max { $0.utf8.count < $1.utf8.count } }
}
