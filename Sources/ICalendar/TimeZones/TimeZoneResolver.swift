import Synchronization

/// Finds the zone that a TZID means: a name of the tz database, a Windows name, a VTIMEZONE of the calendar, or else
/// the default zone, in this order.
///
/// The name goes before the VTIMEZONE because producers ship outdated or shortened rules under a right name.
public final class TimeZoneResolver: Sendable {
    /// The zone that a TZID means, and what had to be assumed.
    public struct Resolution: Hashable, Sendable {
        /// The zone found, or the default one.
        public var zone: TimeZoneDefinition
        /// ICS009 for a name that the calendar has no VTIMEZONE for, ICS008 where the default had to stand in.
        public var diagnostic: ICalendarDiagnostic?
    }

    /// The zone of floating times, of dates and of unknown names.
    public let defaultZone: TimeZoneDefinition
    private let database: TimeZoneDatabase
    private let vtimezones: [String: VTimeZone]
    /// By the name without quotes and prefix, lower-cased.
    private let vtimezonesByBareName: [String: VTimeZone]
    private let memory = Mutex(Memory())

    private struct Memory {
        /// By TZID. There are as many as the calendar has names, which its reader's limits bound.
        var resolutions: [String: Resolution] = [:]
        /// The one asked for last: most calendars have but one.
        var lastName = ""
        var lastZone: TimeZoneDefinition?
        var lastIsClean = false
    }

    /// - Parameter vtimezones: those of one calendar; of equal TZIDs the first one counts.
    public init(database: TimeZoneDatabase, vtimezones: [VTimeZone] = [], defaultZone: TimeZoneDefinition) {
        self.database = database
        self.vtimezones = Dictionary(vtimezones.map { ($0.identifier, $0) }) { first, _ in first }
        vtimezonesByBareName = Dictionary(vtimezones.map { (Self.bare($0.identifier).lowercased(), $0) }) { first, _ in
            first
        }
        self.defaultZone = defaultZone
    }

    /// - Parameter line: where the TZID stands, for the diagnostic.
    public func resolve(_ tzid: String, line: Int) -> Resolution {
        var resolution = memory.withLock { memory in self.resolution(for: tzid, &memory) }
        resolution.diagnostic?.line = line
        return resolution
    }

    /// `resolve` with no more than whether there is a diagnostic.
    func lookUp(_ tzid: String) -> (zone: TimeZoneDefinition, isClean: Bool) {
        memory.withLock { memory in
            if let zone = memory.lastZone, memory.lastName == tzid { return (zone, memory.lastIsClean) }
            let resolution = resolution(for: tzid, &memory)
            (memory.lastName, memory.lastZone) = (tzid, resolution.zone)
            memory.lastIsClean = resolution.diagnostic == nil
            return (resolution.zone, memory.lastIsClean)
        }
    }

    /// `resolve` without its diagnostic.
    func zone(named tzid: String) -> TimeZoneDefinition { lookUp(tzid).zone }

    /// Whether it is the TZID whose zone was asked for last, and there is no diagnostic about it.
    func isClean(_ tzid: String) -> Bool {
        memory.withLock { $0.lastIsClean && $0.lastName == tzid }
    }

    private func resolution(for tzid: String, _ memory: inout Memory) -> Resolution {
        if let resolution = memory.resolutions[tzid] { return resolution }
        let resolution = find(tzid)
        memory.resolutions[tzid] = resolution
        return resolution
    }

    private func find(_ tzid: String) -> Resolution {
        let name = Self.bare(tzid)
        let vtimezone = vtimezone(tzid, name)
        if let zone = namedZone(name) {
            return Resolution(zone: zone, diagnostic: vtimezone == nil ? Self.byName(tzid, zone) : nil)
        }
        if let vtimezone {
            if let zone = TimeZoneDefinition(vtimezone) { return Resolution(zone: zone) }
            if let zone = vtimezone.location.flatMap(database.zone) { return Resolution(zone: zone) }
        }
        if let zone = WindowsTimeZoneNames.ianaName(forShownName: name).flatMap(database.zone) ?? Self.fixedZone(name) {
            return Resolution(zone: zone, diagnostic: Self.byName(tzid, zone))
        }
        let message = "no time zone is known by the name \"\(tzid)\", \(defaultZone.name) is taken instead"
        return Resolution(
            zone: defaultZone, diagnostic: ICalendarDiagnostic(.unknownZone, .tolerated, line: 0, message))
    }

    private static func byName(_ tzid: String, _ zone: TimeZoneDefinition) -> ICalendarDiagnostic {
        ICalendarDiagnostic(
            .zoneByName, .tolerated, line: 0,
            "TZID \"\(tzid)\" has no VTIMEZONE, its name is taken for \(zone.name)")
    }

    private func vtimezone(_ tzid: String, _ name: String) -> VTimeZone? {
        vtimezones[tzid] ?? vtimezonesByBareName[name.lowercased()]
    }

    private func namedZone(_ name: String) -> TimeZoneDefinition? {
        if let zone = database.zone(named: name) { return zone }
        if let zone = WindowsTimeZoneNames.ianaName(for: name).flatMap(database.zone) { return zone }
        if ["UTC", "GMT", "Z", "ETC/UTC"].contains(name.uppercased()) { return .utc }
        // A prefix such as `/mozilla.org/20050126_1/` says who made the definition; names have up to three parts.
        let parts = name.split(separator: "/")
        for count in [3, 2, 1] where parts.count > count {
            if let zone = database.zone(named: parts.suffix(count).joined(separator: "/")) { return zone }
        }
        return nil
    }

    /// Without the quotes and spaces that some producers put around it, and the slash of a globally unique name.
    private static func bare(_ tzid: String) -> String {
        var name = Substring(tzid)
        while let first = name.first, "\" \t/".contains(first) { name.removeFirst() }
        while let last = name.last, "\" \t".contains(last) { name.removeLast() }
        return String(name)
    }

    /// `UTC+01:00`, `GMT-0330`, `+0100`: east is positive, as in ISO 8601.
    private static func fixedZone(_ name: String) -> TimeZoneDefinition? {
        var digits = Array(name.uppercased().utf8)
        if digits.starts(with: "UTC".utf8) || digits.starts(with: "GMT".utf8) { digits.removeFirst(3) }
        guard let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        digits.removeFirst()
        if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
        let numbers = digits.map { Int($0) - 0x30 }
        guard numbers.count == 4, numbers.allSatisfy({ (0...9).contains($0) }), numbers[2] < 6 else { return nil }
        let seconds = (numbers[0] * 10 + numbers[1]) * 3_600 + (numbers[2] * 10 + numbers[3]) * 60
        return TimeZoneDefinition.fixed(secondsEast: sign == UInt8(ascii: "-") ? -seconds : seconds)
    }
}
