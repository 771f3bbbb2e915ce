import ConferenceAPI
import Diagnostics
import Foundation
import ICalendar
import Reports
import Reservations
import Synchronizer

extension Configuration {
    func conflictPolicy() throws(BadConfiguration) -> ConflictPolicy {
        ConflictPolicy(
            buffer: policy.buffer, freeze: policy.freeze, horizon: policy.horizon, addresses: try addressBook())
    }

    func admissionPolicy() throws(BadConfiguration) -> AdmissionPolicy {
        AdmissionPolicy(
            earlyJoin: policy.earlyJoin, overrun: policy.overrun, handover: policy.handover,
            adHocDuration: policy.adHocDuration, catalogue: try catalogue(), addresses: try addressBook()
        )
    }

    /// Without links: what lies beside the store, as its lock, is there once, by whatever name it is opened.
    var storePath: String { LinkedFile.place(of: store.path ?? "bookwatch.sqlite") }

    var retention: Retention {
        Retention(all: store.retention, personal: store.personalRetention)
    }

    var serverSettings: ServerSettings {
        ServerSettings(address: listen.address, port: listen.port)
    }

    /// `nil` where the server speaks no TLS.
    func serverCertificate() throws(BadConfiguration) -> ServerCertificate? {
        guard let certificate = listen.tlsCertificate, let key = listen.tlsKey else { return nil }
        do {
            return try ServerCertificate(certificateFile: certificate, keyFile: key)
        } catch {
            throw BadConfiguration([
                Diagnostic(
                    .badValue, "listen.tls_certificate, listen.tls_key: \(error)",
                    hint: "Name a certificate with its chain and the key that it was made for, both in PEM.")
            ])
        }
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
            rooms: try catalogue(), retention: reports.retention, personalRetention: store.personalRetention,
            storeRetention: store.retention
        )
    }
}
