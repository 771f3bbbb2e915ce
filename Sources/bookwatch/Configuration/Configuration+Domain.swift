import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import ICalendar
import Reservations
import Synchronizer

extension Configuration {
    /// The rooms, their terms and the alias table.
    ///
    /// - Throws: `BadConfiguration` for a pattern or an alias that cannot be a room.
    func catalogue() throws(BadConfiguration) -> RoomCatalogue {
        var findings: [Diagnostic] = []
        let entries = rooms.compactMap { room -> RoomCatalogue.Entry? in
            guard let pattern = RoomPattern(room.match) else {
                findings.append(Diagnostic(.badValue, "rooms: '\(room.match)' cannot match any room"))
                return nil
            }
            let address = room.address.flatMap(Participant.init)
            if let text = room.address, address == nil {
                findings.append(Diagnostic(.badValue, "rooms: address '\(text)' is no mail address"))
            }
            return RoomCatalogue.Entry(
                pattern,
                RoomTerms(
                    unbooked: room.unbooked, ownerPolicy: room.ownerPolicy, settings: room.settings, address: address))
        }
        let aliases = aliases.sorted { $0.key < $1.key }.compactMap { text, room -> RoomAliases.Alias? in
            guard let name = RoomName(room) else {
                findings.append(Diagnostic(.badValue, "aliases: '\(room)' cannot be the name of a room"))
                return nil
            }
            return RoomAliases.Alias(text, name)
        }
        guard findings.isEmpty else { throw BadConfiguration(findings) }
        return RoomCatalogue(entries, aliases: RoomAliases(aliases))
    }

    func baseURLs() throws(BadConfiguration) -> [JitsiBaseURL] {
        var urls: [JitsiBaseURL] = []
        for text in jitsi.baseURLs {
            guard let url = JitsiBaseURL(text) else {
                throw BadConfiguration([Diagnostic(.badValue, "jitsi.base_urls: '\(text)' is no http or https URL")])
            }
            urls.append(url)
        }
        return urls
    }

    /// Who is who: `*@meet.example.org: "*@example.org"` rewrites a domain, `ann@x: ann@y` an address.
    func addressBook() throws(BadConfiguration) -> AddressBook {
        var rewrites: [String: String] = [:]
        var aliases: [Participant: Participant] = [:]
        for (from, to) in jitsi.addressMap {
            if from.hasPrefix("*@"), to.hasPrefix("*@") {
                rewrites[String(from.dropFirst(2))] = String(to.dropFirst(2))
            } else if let one = Participant(from), let other = Participant(to) {
                aliases[one] = other
            } else {
                throw BadConfiguration([
                    Diagnostic(.badValue, "jitsi.address_map: '\(from)' to '\(to)' maps no address")
                ])
            }
        }
        return AddressBook(domains: jitsi.domains, rewrites: rewrites, aliases: aliases)
    }

    /// The zone of `name`, else the configuration's, else the system's.
    func timeZone(_ name: String? = nil) throws(BadConfiguration) -> TimeZoneDefinition {
        guard let wanted = name ?? zone else {
            return TimeZoneDatabase.system.zone(named: TimeZone.current.identifier) ?? .utc
        }
        guard let found = TimeZoneDatabase.system.zone(named: wanted) else {
            throw BadConfiguration([
                Diagnostic(.badValue, "zone: '\(wanted)' is no name of the tz database, such as Europe/Berlin")
            ])
        }
        return found
    }

    /// How the exports of `source` are read; of a file that belongs to none, as by a source without settings.
    func rules(ofSource source: Source?) throws(BadConfiguration) -> SourceRules {
        let rooms = RoomResolver(
            rules: source?.roomRules ?? .standard, catalogue: try catalogue(), baseURLs: try baseURLs())
        var rules = SourceRules(source: source?.name ?? "file", rooms: rooms, zone: try timeZone(source?.zone))
        rules.priority = source?.priority ?? 0
        rules.uidScope = source?.uidScope == .source ? .source : .global
        rules.mappings = mappings.map(\.mapping)
        rules.settings = source?.settings ?? RoomSettings()
        rules.lengths.defaultDuration = policy.defaultDuration
        rules.lengths.maxDuration = policy.maxDuration
        rules.lengths.maxDays = policy.maxDays
        rules.lengths.booksAllDay = policy.allDay == .book
        rules.fingerprint = fingerprint(of: source)
        return rules
    }

    /// - Parameter found: what is known about `askedDirectories`.
    func watchedSources(
        found: FoundDirectories = FoundDirectories([:])
    ) throws(BadConfiguration) -> [WatchedSource] {
        var watched: [WatchedSource] = []
        for source in sources {
            watched.append(
                WatchedSource(
                    name: source.name,
                    root: WatchedRoot(source.directory, excluding: ownReports(below: source.directory, found)),
                    rules: try rules(ofSource: source), onRemoval: source.onRemoval == .keep ? .keep : .withdraw,
                    allowsEmpty: source.allowEmpty, expectedEvery: source.expectEvery
                )
            )
        }
        return watched
    }

    /// Where reports are written.
    var writtenDirectories: [String] { [reports.directory].compactMap(\.self) + sources.compactMap(\.reportsTo) }

    /// Relative to `directory`; either one may be named by way of a link.
    private func ownReports(below directory: String, _ found: FoundDirectories) -> Set<String> {
        func own(_ written: [String], below directory: String) -> [String] {
            let parent = Self.asParent(directory)
            return written.filter { $0.hasPrefix(parent) }.map { String($0.dropFirst(parent.count)) }
        }
        let places = writtenDirectories.map(found.place(of:))
        return Set(own(writtenDirectories, below: directory) + own(places, below: found.place(of: directory)))
    }

    /// What the paths below `directory` begin with.
    static func asParent(_ directory: String) -> String { directory.hasSuffix("/") ? directory : directory + "/" }

    /// Everything that the reading of a source's exports depends on, as text.
    private func fingerprint(of source: Source?) -> String {
        var relevant = Configuration()
        relevant.zone = zone
        relevant.jitsi.baseURLs = jitsi.baseURLs
        relevant.rooms = rooms
        relevant.aliases = [:]
        relevant.policy.allDay = policy.allDay
        relevant.policy.horizon = policy.horizon
        relevant.policy.defaultDuration = policy.defaultDuration
        relevant.policy.maxDuration = policy.maxDuration
        relevant.policy.maxDays = policy.maxDays
        let aliases = aliases.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
        let mappings = mappings.map(\.fingerprint).joined(separator: ";")
        let source = source.map { "\($0)" } ?? ""
        return StableHash.of("\(ReaderVersion.current)|\(relevant)|\(aliases)|\(mappings)|\(source)")
    }
}

extension Configuration.Source {
    var roomRules: RoomRules? {
        guard !rules.isEmpty else { return slug.map { RoomRules(RoomRules.standard.rules, slug: $0) } }
        return RoomRules(rules, slug: slug ?? false, property: property, fixed: room.map { [$0] } ?? [])
    }
}
