import ConferenceAPI
import Foundation
import ICalendar
import Reports
import Reservations
import Synchronizer

extension Configuration {
    var conflictPolicy: ConflictPolicy {
        ConflictPolicy(buffer: policy.buffer, freeze: policy.freeze, horizon: policy.horizon)
    }

    func admissionPolicy() throws(BadConfiguration) -> AdmissionPolicy {
        AdmissionPolicy(
            earlyJoin: policy.earlyJoin, overrun: policy.overrun, handover: policy.handover,
            adHocDuration: policy.adHocDuration, catalogue: try catalogue(), addresses: try addressBook()
        )
    }

    var storePath: String { store.path ?? "bookwatch.sqlite" }

    var retention: Retention {
        Retention(all: store.retention, personal: store.personalRetention)
    }

    var serverSettings: ServerSettings {
        ServerSettings(address: listen.address, port: listen.port)
    }

    /// The zone in which times are told to people.
    func shownZone() throws(BadConfiguration) -> TimeZone {
        TimeZone(identifier: try timeZone().name) ?? .gmt
    }

    func reportSettings() throws(BadConfiguration) -> ReportSettings {
        ReportSettings(
            directory: reports.directory ?? "reports", zone: try shownZone(), disclosure: reports.discloseWinner,
            copies: Dictionary(
                sources.compactMap { source in source.reportsTo.map { (source.name, $0) } },
                uniquingKeysWith: { first, _ in first }
            ),
            rooms: try catalogue(), retention: reports.retention, personalRetention: store.personalRetention
        )
    }
}
