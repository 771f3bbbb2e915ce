import Diagnostics
import Reports
import Reservations
import Yams

/// The YAML file of the operator: read strictly, all or nothing.
enum ConfigurationFile {
    /// - Parameter file: how diagnostics call it.
    /// - Throws: `BadConfiguration` with every finding, in order of line.
    static func read(_ text: String, file: String) throws(BadConfiguration) -> Configuration {
        let findings = ConfigurationFindings(file: file)
        var configuration = Configuration()
        do {
            let root = try Yams.compose(yaml: text)
            if let top = StrictMapping(root, path: "", findings: findings) { configuration = read(top) }
        } catch {
            throw BadConfiguration([Diagnostic(unreadableYAML: error, file: file)])
        }
        guard findings.all.isEmpty else { throw BadConfiguration(findings.all) }
        return configuration
    }

    private static func read(_ top: StrictMapping) -> Configuration {
        var configuration = Configuration()
        configuration.zone = top.text("zone")
        if let section = top.section("listen") { read(section, into: &configuration.listen) }
        if let section = top.section("jitsi") { read(section, into: &configuration.jitsi) }
        configuration.rooms = (top.list("rooms") ?? []).map(room)
        configuration.aliases = top.table("aliases") ?? [:]
        configuration.mappingFiles = top.texts("mappings") ?? []
        configuration.sources = (top.list("sources") ?? []).compactMap(source)
        if let section = top.section("policy") { read(section, into: &configuration.policy) }
        if let section = top.section("reports") { read(section, into: &configuration.reports) }
        if let section = top.section("store") {
            read(section, into: &configuration.store)
        }
        if let section = top.section("log") {
            configuration.log.level = section.text("level") ?? configuration.log.level
            section.finish()
        }
        top.finish()
        return configuration
    }

    private static func read(_ section: StrictMapping, into listen: inout Configuration.Listen) {
        listen.address = section.text("address") ?? listen.address
        listen.port = section.integer("port", in: 0...65_535) ?? listen.port
        listen.tokenFile = section.text("token_file")
        listen.tokenHeader = section.text("token_header")
        listen.tlsCertificate = section.text("tls_certificate")
        listen.tlsKey = section.text("tls_key")
        listen.allowPublicWithoutToken = section.boolean("allow_public_without_token") ?? false
        section.finish()
    }

    private static func read(_ section: StrictMapping, into jitsi: inout Configuration.Jitsi) {
        jitsi.baseURLs = section.texts("base_urls") ?? []
        jitsi.addressMap = section.table("address_map") ?? [:]
        jitsi.domains = section.texts("domains") ?? []
        section.finish()
    }

    private static func read(_ section: StrictMapping, into policy: inout Configuration.Policy) {
        policy.earlyJoin = section.duration("early_join") ?? policy.earlyJoin
        policy.overrun = section.duration("overrun") ?? policy.overrun
        policy.handover = section.duration("handover") ?? policy.handover
        policy.adHocDuration = section.duration("adhoc_duration") ?? policy.adHocDuration
        policy.buffer = section.duration("buffer") ?? policy.buffer
        policy.freeze = section.duration("freeze") ?? policy.freeze
        policy.horizon = section.duration("horizon") ?? policy.horizon
        policy.allDay = section.choice("all_day") ?? policy.allDay
        policy.defaultDuration = section.duration("default_duration")
        policy.maxDuration = section.duration("max_duration") ?? policy.maxDuration
        policy.maxDays = section.integer("max_days", in: 1...366) ?? policy.maxDays
        section.finish()
    }

    private static func read(_ section: StrictMapping, into store: inout Configuration.Store) {
        store.path = section.text("path")
        store.retention = section.duration("retention") ?? store.retention
        store.personalRetention = section.duration("personal_retention") ?? store.personalRetention
        section.finish()
    }

    private static func read(_ section: StrictMapping, into reports: inout Configuration.Reports) {
        reports.directory = section.text("directory")
        reports.discloseWinner = section.choice("disclose_winner") ?? reports.discloseWinner
        reports.retention = section.duration("retention") ?? reports.retention
        section.finish()
    }

    private static func room(_ section: StrictMapping) -> Configuration.Room {
        var room = Configuration.Room()
        room.match = section.text("match") ?? room.match
        room.ownerPolicy = section.choice("owner_policy") ?? room.ownerPolicy
        room.unbooked = section.choice("unbooked") ?? room.unbooked
        room.settings = settings(section.section("settings"))
        room.address = section.text("address")
        section.finish()
        return room
    }

    private static func source(_ section: StrictMapping) -> Configuration.Source? {
        let name = section.text("name")
        let directory = section.text("directory")
        var source = Configuration.Source(name: name ?? "", directory: directory ?? "")
        source.rules = section.choices("rooms") ?? []
        source.slug = section.boolean("slug")
        source.property = section.text("property")
        source.room = section.text("room")
        source.zone = section.text("zone")
        source.priority = section.integer("priority", in: -1_000...1_000) ?? 0
        source.onRemoval = section.choice("on_removal") ?? .withdraw
        source.allowEmpty = section.boolean("allow_empty") ?? false
        source.expectEvery = section.duration("expect_every")
        source.uidScope = section.choice("uid_scope") ?? .global
        source.settings = settings(section.section("settings"))
        source.reportsTo = section.text("reports_to")
        section.finish()
        if name == nil { section.missing("name", at: nil) }
        if directory == nil { section.missing("directory", at: nil) }
        return name != nil && directory != nil ? source : nil
    }

    private static func settings(_ section: StrictMapping?) -> RoomSettings {
        guard let section else { return RoomSettings() }
        let settings = RoomSettings(
            maxOccupants: section.integer("max_occupants", in: 1...100_000), lobby: section.boolean("lobby"),
            password: section.text("password")
        )
        section.finish()
        return settings
    }
}

extension Diagnostic {
    /// What the YAML parser says about a file.
    init(unreadableYAML error: any Error, file: String) {
        let line = (error as? YamlError).flatMap(\.line)
        self.init(
            .badValue, file: file, line: line, "not readable as YAML: \(error)",
            hint: "Mend the line; indentation, a quote or a bracket may be amiss.")
    }

    /// A file that the configuration needs, and that the system does not let us have.
    init(unreadable file: String, _ reason: String) {
        self.init(
            .badValue, file: file, "cannot be read: \(reason)",
            hint: "Check the name, and that this user may read the file.")
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}

/// A configuration that cannot be used, with everything that is wrong with it.
struct BadConfiguration: Error, Sendable, Equatable {
    var diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }
}
