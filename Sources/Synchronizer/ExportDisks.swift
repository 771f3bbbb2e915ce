import DirectoryWatch

/// On which disks the exports of a source lie: those of a disk that is not mounted were not removed.
///
/// The number of a disk can be another one each time that it is mounted. It is told by what it has: where one of its
/// exports is found under another number, it is that disk, and all of them lie there.
struct ExportDisks {
    /// By path; `nil` where it was never noted.
    private let noted: [String: UInt64?]
    /// The exports that are there.
    private let present: [String: UInt64]
    private let mounted: Set<UInt64>

    /// - Parameters:
    ///   - noted: of each export that the store has, the device on which it was seen last.
    ///   - present: of each export that is there, the device that it is on.
    ///   - directories: the devices of the root and of all directories below it.
    init(_ noted: [String: UInt64?], present: [String: UInt64], directories: Set<UInt64>) {
        self.noted = noted
        self.present = present
        mounted = directories.union(present.values)
    }

    /// What is to be noted otherwise.
    var moved: [String: UInt64] {
        var (moved, numbers) = ([String: UInt64](), [UInt64: UInt64]())
        for (path, device) in present {
            guard let former = noted[path], former != device else { continue }
            moved[path] = device
            if let former, !mounted.contains(former) { numbers[former] = device }
        }
        guard !numbers.isEmpty else { return moved }
        for (path, former) in noted where moved[path] == nil {
            if let device = former.flatMap({ numbers[$0] }) { moved[path] = device }
        }
        return moved
    }

    /// The exports whose disk is not there.
    var away: Set<String> {
        let noted = noted.merging(moved) { _, new in new }
        return Set(noted.filter { $1.map { !mounted.contains($0) } ?? false }.keys)
    }
}

extension ExportDisks {
    /// - Parameter scan: that is complete.
    init(_ noted: [String: UInt64?], seenBy scan: DirectoryScan) {
        let present = scan.entries.map { ($0.path, $0.stamp.identity.device) }
        self.init(noted, present: Dictionary(uniqueKeysWithValues: present), directories: scan.devices)
    }
}

extension DirectoryScan.Refusal {
    /// What there is to say about exports whose disk is not there.
    static func of(_ away: Set<String>) -> [DirectoryScan.Refusal] {
        away.isEmpty ? [] : [DirectoryScan.Refusal(path: "", fault: .diskAway(exports: away.count))]
    }
}
