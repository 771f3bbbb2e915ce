package import BookingXML
import Foundation
package import ICalendar
package import Reservations

/// How the exports of one source are turned into bookings.
package struct SourceRules: Sendable {
    package var source: String
    package var priority = 0
    /// Whether UIDs name the same booking in all sources, or are row numbers of this one.
    package var uidScope = UIDScope.global
    package var rooms: RoomResolver
    /// What applies where a booking says nothing.
    package var settings = RoomSettings()
    /// Of floating times and whole days, where the export names none.
    package var zone: TimeZoneDefinition
    package var zones: TimeZoneDatabase
    /// For XML that is of no dialect, or that the operator reads otherwise.
    package var mappings: [XMLMapping] = []
    package var lengths = LengthRules()
    package var limits = ImportLimits()
    /// Changes whenever the same content would be read otherwise.
    package var fingerprint: String

    package enum UIDScope: Sendable {
        case global
        case source
    }

    package init(
        source: String, rooms: RoomResolver, zone: TimeZoneDefinition, zones: TimeZoneDatabase = .system,
        fingerprint: String = ""
    ) {
        self.source = source
        self.rooms = rooms
        self.zone = zone
        self.zones = zones
        self.fingerprint = fingerprint
    }
}

/// Which lengths a booking may have (design: conflicts, rule 2).
package struct LengthRules: Hashable, Sendable {
    /// For times without an end or a length; `nil` rejects such bookings.
    package var defaultDuration: Duration?
    package var maxDuration = Duration.seconds(86_400)
    /// All-day bookings are limited by this instead.
    package var maxDays = 14
    /// Whether all-day bookings claim their rooms; otherwise they are left out.
    package var booksAllDay = true

    package init() {}

    /// In seconds. A day of the change to winter time has 25 hours.
    var maxAllDay: Double { Double(maxDays) * 86_400 + 3_600 }
}

/// How much of an export is read.
package struct ImportLimits: Hashable, Sendable {
    package var calendarBytes: Int64 = 256 << 20
    package var xmlBytes: Int64 = 1 << 30
    /// Reports list no more findings than this of one export; the rest is counted.
    package var findings = 10_000
    /// Of the processor: series that come after it are rejected.
    package var cpu = Duration.seconds(10)
    package var cpuPerMebibyte = Duration.milliseconds(100)
    /// Occurrences in all of their rooms, each of which is decided and stored: a rule of some bytes makes thousands.
    /// A series that would make them more is rejected. An entry that does not recur is longer than what it adds.
    package var reservations = 100_000
    package var reservationsPerMebibyte = 10_000

    package init() {}

    /// For any file; what is greater need not be looked into.
    package var greatestFileBytes: Int64 { max(calendarBytes, xmlBytes) }

    /// What is no greater may hold anything.
    package var leastFileBytes: Int64 { min(calendarBytes, xmlBytes) }

    /// For a file with this content, whatever it is called.
    package func fileBytes(_ format: ExportFormat) -> Int64 {
        switch format {
        case .xml: xmlBytes
        case .iCalendar, .empty: calendarBytes
        }
    }
}
