import Reports
import Reservations

/// The effective configuration: every value has a default, so that one watched directory is enough to start.
struct Configuration: Sendable, Equatable {
    var listen = Listen()
    var jitsi = Jitsi()
    /// The zone of floating and all-day bookings and of messages; `nil` means the system's.
    var zone: String?
    var rooms: [Room] = []
    /// Text of a LOCATION, or a mailbox, → room name.
    var aliases: [String: String] = [:]
    /// Where the mappings for XML that is of no dialect stand.
    var mappingFiles: [String] = []
    /// Those mappings, once they are read.
    var mappings: [MappingFile] = []
    var sources: [Source] = []
    var policy = Policy()
    var reports = Reports()
    var store = Store()
    var log = Log()

    struct Listen: Sendable, Equatable {
        /// A host, or `unix:PATH`.
        var address = "127.0.0.1"
        /// 0...65535; 0 lets the system choose.
        var port = 8088
        var tokenFile: String?
        /// The header that carries the token instead of `Authorization: Bearer …`.
        var tokenHeader: String?
        /// The files of the certificate and of its key; both or neither.
        var tlsCertificate: String?
        var tlsKey: String?
        /// Says that a public address without a token is meant.
        var allowPublicWithoutToken = false
    }

    struct Jitsi: Sendable, Equatable {
        var baseURLs: [String] = []
        var addressMap: [String: String] = [:]
        /// The domains of `authenticated`.
        var domains: [String] = []
    }

    struct Room: Sendable, Equatable {
        var match = "*"
        var ownerPolicy = OwnerPolicy.anyone
        /// Whether somebody may open it at a time that nobody booked.
        var unbooked = UnbookedUse.closed
        var settings = RoomSettings()
        /// The room's own, for replies and for bookings that invite it.
        var address: String?
    }

    struct Source: Sendable, Equatable {
        var name: String
        var directory: String
        /// Empty means the default rules.
        var rules: [RoomRule] = []
        /// Unmapped LOCATION text becomes a room name.
        var slug: Bool?
        /// The property that the rule `property` reads.
        var property: String?
        /// The room of the rule `fixed`.
        var room: String?
        var zone: String?
        var priority = 0
        var onRemoval = Removal.withdraw
        /// Whether withdrawals apply however many they are.
        var allowEmpty = false
        /// How long it may bring no news; `nil` for as long as it likes.
        var expectEvery: Duration?
        var uidScope = UIDScope.global
        var settings = RoomSettings()
        var reportsTo: String?
    }

    enum Removal: String, Sendable, CaseIterable { case withdraw, keep }
    enum UIDScope: String, Sendable, CaseIterable { case global, source }

    struct Policy: Sendable, Equatable {
        var earlyJoin = Duration.seconds(600)
        var overrun = Duration.zero
        var handover = Duration.zero
        /// How long a room that nobody booked is given away for.
        var adHocDuration = Duration.seconds(3_600)
        /// Kept free between bookings of different owners.
        var buffer = Duration.zero
        var freeze = Duration.seconds(3_600)
        var horizon = Duration.seconds(400 * 86_400)
        var allDay = AllDay.book
        /// For bookings with neither an end nor a length; `nil` rejects them.
        var defaultDuration: Duration?
        var maxDuration = Duration.seconds(86_400)
        /// All-day bookings are limited by this instead.
        var maxDays = 14
    }

    enum AllDay: String, Sendable, CaseIterable { case book, ignore }

    struct Reports: Sendable, Equatable {
        /// `nil` means `reports` in the state directory.
        var directory: String?
        var discloseWinner = Disclosure.time
        /// How long the expiries of a day are kept.
        var retention = Duration.seconds(400 * 86_400)
    }

    struct Store: Sendable, Equatable {
        /// `nil` means `bookwatch.sqlite` in the state directory.
        var path: String?
        /// How long expiries, conferences and refusals are kept.
        var retention = Duration.seconds(90 * 86_400)
        /// How long it is kept in them who it was.
        var personalRetention = Duration.seconds(30 * 86_400)
    }

    struct Log: Sendable, Equatable {
        var level = "info"
    }
}
