import DirectoryWatch
import Logging
import ReservationStore

extension Synchronizer {
    func disks(seenBy scan: DirectoryScan, of source: WatchedSource) -> ExportDisks {
        let own = (stored ?? [:]).values.filter { $0.name.source == source.name && !$0.isMissing }
        return ExportDisks(own, of: source, seenBy: scan)
    }

    /// Takes in where the disks of exports are, and keeps what the store is to be told.
    mutating func note(_ disks: ExportDisks, of source: WatchedSource) {
        for (path, device) in disks.moved { stored?[ExportName(source: source.name, path: path)]?.device = device }
        unknownDevices[source.name, default: [:]].merge(disks.moved) { _, new in new }
        for (path, disk) in disks.news { stored?[ExportName(source: source.name, path: path)]?.disk = disk }
        unknownDisks[source.name, default: [:]].merge(disks.news) { _, new in new }
        if disks.away.isEmpty { withoutDisk.remove(source.name) } else { withoutDisk.insert(source.name) }
        let going = disks.letGo.count { path in
            let name = ExportName(source: source.name, path: path)
            return gone[name] == nil && applying[name] == nil
        }
        guard going > 0 else { return }
        logger.notice(
            "exports whose disk is gone are let go of", metadata: ["source": "\(source.name)", "exports": "\(going)"])
    }

    mutating func tellDisks() async throws {
        for (source, devices) in unknownDevices where !devices.isEmpty {
            try await store.note(devices: devices, ofSource: source)
            unknownDevices[source] = nil
        }
        for (source, disks) in unknownDisks where !disks.isEmpty {
            try await store.note(disks: disks, ofSource: source)
            unknownDisks[source] = nil
        }
    }

    /// Asks what the operator has let go of: a scan finds out whether its disk is back meanwhile.
    mutating func learnWhatIsLetGo(elapsed: Duration) async throws {
        guard !withoutDisk.isEmpty else { return }
        for name in try await store.exportsLetGo() where stored?[name]?.disk == .away {
            stored?[name]?.disk = .letGo
            for index in sources.indices where sources[index].name == name.source {
                looks[index].expectScan(by: elapsed)
            }
        }
    }
}
