import Diagnostics
import Foundation
import Logging
import Reports
import ReservationStore
import Reservations
import TestSupport
import Testing

@testable import Synchronizer

/// What could not be written is written when it can be, although nothing is new by then (RPT001).
@Suite("Reports that come later")
struct ReportRetryTests {
    private let state: TemporaryDirectory
    private let store: ReservationStore
    private let writer: ReportWriter

    init() throws {
        state = try TemporaryDirectory()
        store = try ReservationStore.inMemory()
        writer = ReportWriter(
            store, ReportSettings(directory: state.path, zone: .gmt, disclosure: .time), logger: Logger(label: "test"))
    }

    @Test("Expiries of a day and the usage of a month, once their places are free")
    func days() async throws {
        for name in ["expiries", "usage"] { try state.write("in the way", to: name) }
        try await letOneExpire()
        #expect(try await writer.write(at: noon.addingTimeInterval(7_200))?.failures.isEmpty == false)
        for name in ["expiries", "usage"] { try remove(name) }
        #expect(try await writer.write(at: noon.addingTimeInterval(7_300))?.failures.isEmpty == true)
        #expect(try text("expiries/2026-11-22.json").contains("unobserved"))
        #expect(try text("usage/2026-11.csv").contains("blue"))
        let events = try text("events.jsonl").split(separator: "\n")
        #expect(events.count == 2, "\(events)")
    }

    @Test("Lines of the log of events, once the log can be written")
    func events() async throws {
        try FileManager.default.createDirectory(
            at: state.url.appending(path: "events.jsonl"), withIntermediateDirectories: true)
        try await letOneExpire()
        #expect(try await writer.write(at: noon.addingTimeInterval(7_200))?.failures.isEmpty == false)
        try remove("events.jsonl")
        #expect(try await writer.write(at: noon.addingTimeInterval(7_300))?.failures.isEmpty == true)
        let events = try text("events.jsonl")
        #expect(events.contains("granted") && events.contains("expired"), "\(events)")
        #expect(try await writer.write(at: noon.addingTimeInterval(7_400)) == nil)
    }

    private func letOneExpire() async throws {
        let change = export(of: try hourOfBlue(at: noon))
        _ = try await store.apply([change], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
        _ = try await store.expire(policy: AdmissionPolicy(), at: noon)
        _ = try await store.expire(policy: AdmissionPolicy(), at: noon.addingTimeInterval(7_000))
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: state.url.appending(path: name))
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: state.url.appending(path: path), encoding: .utf8)
    }
}
