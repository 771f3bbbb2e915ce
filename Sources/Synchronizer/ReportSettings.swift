package import Foundation
package import Reports
package import Reservations

/// How reports are written, and where.
package struct ReportSettings: Sendable {
    package var directory: String
    package var zone: TimeZone
    package var disclosure: Disclosure
    /// Where the sender of a source's exports finds its reports too, by the source's name.
    package var copies: [String: String]
    /// The rooms with their addresses.
    package var rooms: RoomCatalogue
    /// How long the expiries of a day are kept.
    package var retention: Duration
    /// How long it is kept in them whose the bookings were.
    package var personalRetention: Duration
    /// How long the store knows what has ended: of older days it knows less than was written.
    package var storeRetention: Duration

    package init(
        directory: String, zone: TimeZone, disclosure: Disclosure, copies: [String: String] = [:],
        rooms: RoomCatalogue = RoomCatalogue(), retention: Duration = .seconds(400 * 86_400),
        personalRetention: Duration = .seconds(30 * 86_400), storeRetention: Duration = .seconds(90 * 86_400)
    ) {
        self.directory = directory
        self.zone = zone
        self.disclosure = disclosure
        self.copies = copies
        self.rooms = rooms
        self.retention = retention
        self.personalRetention = personalRetention
        self.storeRetention = storeRetention
    }

    /// To be raised when the same bookings are told in other bytes.
    private static let formatVersion = 4

    /// What the bytes and the places of reports depend on besides the store: reports by other settings are written
    /// anew.
    var fingerprint: String {
        let copies = copies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let parts = ["\(Self.formatVersion)", directory, zone.identifier, disclosure.rawValue]
        return (parts + copies + rooms.addresses).joined(separator: "\n")
    }
}
