import Synchronization

/// A directory of TZif files, read one zone at a time when it is asked for, and remembered.
///
/// The environment (`TZ`, `TZDIR`) is never looked at.
public final class TimeZoneDatabase: Sendable {
    /// The system's tz database.
    public static let system = TimeZoneDatabase(directory: "/usr/share/zoneinfo")

    /// A file beyond this size is no zone.
    static let largestFile = 1 << 20

    private let directory: String
    private let state = Mutex(State())

    private struct State {
        /// By the name asked for; `.some(nil)` for a name that was looked for in vain.
        var zones: [String: TimeZoneDefinition?] = [:]
        /// Lower-cased name → name; `nil` before the directory has been listed.
        var namesByLowercase: [String: String]?
    }

    /// Names looked for in vain are forgotten beyond this many, so that invented TZIDs cannot fill the memory.
    private static let rememberedNames = 4_096

    /// - Parameter directory: laid out as zic does it; need not exist, then no zone is found.
    public init(directory: String) { self.directory = directory }

    /// The zone with this IANA name or link, in any case; `nil` when there is none, or no database.
    public func zone(named name: String) -> TimeZoneDefinition? {
        guard Self.isAllowed(name) else { return nil }
        return state.withLock { state in
            if let known = state.zones[name] { return known }
            if state.zones.count >= Self.rememberedNames { state.zones.removeAll() }
            let zone = read(name) ?? canonicalName(of: name, &state).flatMap { $0 == name ? nil : read($0) }
            state.zones[name] = .some(zone)
            return zone
        }
    }

    /// Relative paths of letters, digits and `_ + -` only: no way out of the directory, nothing hidden.
    static func isAllowed(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard (1...64).contains(bytes.count), name != "localtime" else { return false }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count <= 3 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private func read(_ name: String) -> TimeZoneDefinition? {
        guard let bytes = ZoneFiles.contents(of: "\(directory)/\(name)", atMost: Self.largestFile) else { return nil }
        return TimeZoneDefinition(name: name, tzif: bytes)
    }

    private func canonicalName(of name: String, _ state: inout State) -> String? {
        let names = state.namesByLowercase ?? listing()
        state.namesByLowercase = names
        return names[name.lowercased()]
    }

    private func listing() -> [String: String] {
        var names: [String: String] = [:]
        var folders = [""]
        while let folder = folders.popLast() {
            for entry in ZoneFiles.entries(of: "\(directory)/\(folder)") {
                let name = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
                guard Self.isAllowed(name), name != "posix", name != "right" else { continue }
                if entry.isFolder { folders.append(name) } else { names[name.lowercased()] = name }
            }
        }
        return names
    }
}
