import DirectoryWatch
import ReservationStore

/// On which disks the exports of a source lie: those of a disk that is not mounted were not removed.
///
/// The number of a disk can be another one each time that it is mounted, and another disk can have it then: a disk is
/// told by what it has. Where most of its exports are found under another number, it is that disk, and what is missing
/// was removed from it. Where fewer are, somebody may have written them into the place where it belongs.
struct ExportDisks {
    /// What is to be noted otherwise.
    private(set) var moved: [String: UInt64] = [:]
    /// The exports whose disk is not there, but for those that were let go of.
    private(set) var away: Set<String> = []
    private(set) var letGo: Set<String> = []
    /// Of which exports it is to be noted that their disk is there by now, or not.
    private(set) var news: [String: StoredExport.Disk] = [:]

    /// - Parameters:
    ///   - noted: of each export that the store has, the disk on which it was seen last; `nil` for never.
    ///   - present: of each export that is there, the disk that it is on.
    ///   - directories: the disks of the root and of all directories below it.
    ///   - hidden: of which exports nobody knows whether they are there: neither found nor missing.
    init(
        _ noted: [String: UInt64?], present: [String: UInt64], directories: Set<UInt64>, hidden: Set<String> = []
    ) {
        var disks: [UInt64: Disk] = [:]
        /// Numbers under which exports are found that had another one.
        var reused: Set<UInt64> = []
        for (path, former) in noted {
            let device = present[path]
            if let device, device != former { moved[path] = device }
            guard let former else { continue }
            if hidden.contains(path) {
                disks[former, default: Disk()].hidden += 1
            } else {
                disks[former, default: Disk()].note(path, at: device)
            }
            if let device, device != former { reused.insert(device) }
        }
        let mounted = directories.union(present.values)
        for (number, disk) in disks where !disk.missing.isEmpty {
            if disk.found[number] != nil { continue }
            if let other = disk.numberOfMost {
                for path in disk.missing { moved[path] = other }
            } else if !mounted.contains(number) || reused.contains(number) {
                away.formUnion(disk.missing)
            }
        }
    }

    /// The exports that have been seen under one number.
    private struct Disk {
        var missing: [String] = []
        /// How many are there, by their number now.
        var found: [UInt64: Int] = [:]
        var hidden = 0

        mutating func note(_ path: String, at device: UInt64?) {
            if let device { found[device, default: 0] += 1 } else { missing.append(path) }
        }

        /// The number under which more than half of all are found.
        var numberOfMost: UInt64? {
            let all = missing.count + hidden + found.values.reduce(0, +)
            return found.first { $0.value * 2 > all }?.key
        }
    }
}

extension ExportDisks {
    /// Nothing is asked about a source that may be empty.
    init(_ stored: [StoredExport], of source: WatchedSource, seenBy scan: DirectoryScan) {
        let asked = source.allowsEmpty ? [] : stored
        let disks = DirectoryDisks(scan.disks)
        let present = Dictionary(
            uniqueKeysWithValues: scan.entries.compactMap { entry in disks.holding(entry.path).map { (entry.path, $0) }
            })
        let hidden = Set(stored.map(\.name.path).filter { present[$0] == nil && scan.hides($0) })
        self.init(
            Dictionary(uniqueKeysWithValues: asked.map { ($0.name.path, $0.device) }), present: present,
            directories: Set(scan.disks.values), hidden: hidden)
        compare(with: stored.filter { !hidden.contains($0.name.path) })
    }

    private mutating func compare(with stored: [StoredExport]) {
        for export in stored {
            let path = export.name.path
            switch (export.disk, isAway: away.contains(path)) {
            case (.there, true): news[path] = .away
            case (.away, false), (.letGo, false): news[path] = .there
            case (.letGo, true): letGo.insert(path)
            case (.there, false), (.away, true): break
            }
        }
        away.subtract(letGo)
    }
}

/// On which disk an export lies: that of its directory. The files of one directory may have devices of their own, as on
/// an overlay of several file systems.
struct DirectoryDisks {
    private let disks: [String: UInt64]

    /// - Parameter disks: of the root, as the empty path, and of the directories below it.
    init(_ disks: [String: UInt64]) { self.disks = disks }

    /// `nil` where not even the root is there. What lies in a directory that is new lies on the disk of the one above.
    func holding(_ path: String) -> UInt64? {
        WatchedRoot.ancestors(of: path).reduce(disks[""]) { outer, directory in disks[directory] ?? outer }
    }
}

extension DirectoryScan.Refusal {
    /// What there is to say about exports whose disk is not there.
    static func of(_ away: Set<String>) -> [DirectoryScan.Refusal] {
        away.isEmpty ? [] : [DirectoryScan.Refusal(path: "", fault: .diskAway(exports: away.count))]
    }
}
