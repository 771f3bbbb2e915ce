import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import ICalendar
import Reports
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// What a scan of `path` refuses.
private func refusals(of path: String) -> String {
    DirectoryScan(of: WatchedRoot(path)).refusals.map { "\(Diagnostic($0.fault, file: $0.path))" }
        .joined(separator: "\n")
}

/// What is said when `a.ics` is read that is gone or not what it was a moment ago, or is greater than it may be.
private func fault(isChanged: Bool = false, isGone: Bool = false, limit: Int64 = 1 << 20) throws -> String {
    let directory = try TemporaryDirectory()
    try directory.write(export(("a", 10)), to: "a.ics")
    var rules = SourceRules(source: "test", rooms: RoomResolver(), zone: .utc)
    rules.limits.calendarBytes = limit
    let source = WatchedSource(name: "test", root: WatchedRoot(directory.path), rules: rules)
    var stamp = try FileReading.stamp(of: "a.ics", below: source.root)
    if isChanged { stamp.size -= 1 }
    if isGone { try FileManager.default.removeItem(atPath: "\(directory.path)/a.ics") }
    do throws(SourceFault) {
        _ = try ExportContents("a.ics", of: source, settled: stamp)
        return ""
    } catch {
        return "\(Diagnostic(error, file: "a.ics"))"
    }
}

/// What the reports on all exports say after passes over `contents`, each of which replaces the files that it names.
private func reported(
    _ passes: [String: String]..., policy: ConflictPolicy = ConflictPolicy()
) async throws -> String {
    let store = try ReservationStore.inMemory()
    let rules = SourceRules(source: "hr", rooms: RoomResolver(), zone: .utc)
    let reader = ExportReader(rules: rules, window: ImportWindow(around: noon, ahead: .seconds(400 * 86_400)))
    for contents in passes {
        let changes = contents.sorted { $0.key < $1.key }.map { path, text in
            let bookings = reader.read(Array(text.utf8), path: path).bookings
            return ExportChange(ExportName(source: "hr", path: path), .content(bookings, absent: .withdrawn))
        }
        _ = try await store.apply(changes, policy: policy, admission: AdmissionPolicy(), at: noon)
    }
    let reports = StoredReports(store, ReportSettings(directory: "", zone: .gmt, disclosure: .all))
    var text = ""
    for export in try await reports.exports() {
        text += String(decoding: try await reports.report(on: export).json(), as: UTF8.self)
    }
    return text
}

/// The expiries of a day with one booking, from ten to eleven, whose room `use` opens and closes.
private func expired(
    _ use: (_ store: ReservationStore, _ ten: Date) async throws -> Void
) async throws -> String {
    var steps = try Steps()
    try steps.exports.write(export(("a", 10)), to: "a.ics")
    await steps.wait(.seconds(2))
    let ten = try Date("2026-12-01T10:00:00Z", strategy: .iso8601)
    _ = try await steps.store.expire(policy: AdmissionPolicy(), at: noon)
    try await steps.store.noteAnswering(from: noon, until: ten + 7_200)
    try await use(steps.store, ten)
    _ = try await steps.store.expire(policy: AdmissionPolicy(), at: ten + 7_200)
    await steps.wait(.seconds(2), days: 10)
    return try steps.report("expiries/2026-12-01.csv")
}

extension Provocation {
    static let ofFiles = [
        Provocation(.unreadable, "a path that the system does not take") {
            refusals(of: "/\(String(repeating: "x", count: 300))")
        },
        Provocation(.unreadable, "a directory that is not there") {
            let directory = try TemporaryDirectory()
            return refusals(of: "\(directory.path)/gone")
        },
        Provocation(.vanished, "a file that is not there any more") { try fault(isGone: true) },
        Provocation(.stillChanging, "a file that is not what it was") { try fault(isChanged: true) },
        Provocation(.tooLarge, "a file over the limit") { try fault(limit: 10) },
        Provocation(.notARegularFile, "a link that leads out of the directory") {
            let directory = try TemporaryDirectory()
            try FileManager.default.createSymbolicLink(
                at: directory.url.appending(path: "a.ics"), withDestinationURL: URL(fileURLWithPath: "/etc/passwd"))
            return refusals(of: directory.path)
        },
        Provocation(.stale, "no news for ten minutes, where some were expected") {
            var steps = try Steps(expectedEvery: .seconds(600))
            try steps.exports.write(export(("a", 10)), to: "a.ics")
            await steps.wait(.seconds(2))
            await steps.wait(.seconds(2_000), days: 3_650)
            return steps.logged.with("a source is stale").joined()
        },
        Provocation(.removalHeld, "an export that loses all its bookings") {
            var steps = try Steps()
            try steps.exports.write(export((10..<15).map { ("u\($0)", $0) }), to: "a.ics")
            await steps.wait(.seconds(2))
            try steps.exports.write(export(), to: "a.ics")
            await steps.wait(.seconds(60), hints: [steps.renamed("a.ics")])
            return try steps.report("hr/a.ics.report.json")
        },
        Provocation(.setAside, "an export that ended the service three times") {
            let state = try TemporaryDirectory()
            let text = export(("a", 10))
            let file = try state.write(text, to: "a.ics")
            let root = WatchedRoot(file.deletingLastPathComponent().path)
            let stamp = try FileReading.stamp(of: "a.ics", below: root)
            let digest = try FileReading.read("a.ics", below: root, settled: stamp, limit: 1 << 20).sha256
            for _ in 0..<3 { try AttemptLog(path: "\(state.path)/reading").begin(["\(digest) "]) }
            var steps = try Steps(
                attempts: Attempts(
                    reading: try AttemptLog(path: "\(state.path)/reading"), deciding: .none))
            try steps.exports.write(text, to: "a.ics")
            await steps.wait(.seconds(400))
            return try steps.report("hr/a.ics.report.json")
        },
        Provocation(.reportNotWritten, "a file where a directory of reports is to be") {
            let state = try TemporaryDirectory()
            try state.write("in the way", to: "rooms")
            var steps = try Steps(state: state)
            try steps.exports.write(export(("a", 10)), to: "a.ics")
            await steps.wait(.seconds(2))
            return steps.logged.with("a report was not written").joined()
        },
        Provocation(.noReplyPossible, "a booking without an organizer, in a room that answers") {
            let rooms = try Steps.answering("*", by: "blue@rooms.example.org")
            var steps = try Steps(rooms: rooms)
            try steps.exports.write(export(("a", 10)).replacing("ORGANIZER", with: "CONTACT"), to: "a.ics")
            await steps.wait(.seconds(2))
            return try steps.report("hr/a.ics.report.json")
        },
    ]

    static let ofDecisions = [
        Provocation(.duplicate, "one meeting under two UIDs") {
            let other = export(("b", 10)).replacing("mailto:b@", with: "mailto:a@")
            return try await reported(["a.ics": export(("a", 10)), "b.ics": other])
        },
        Provocation(.staleRevision, "a newer revision in another export") {
            let newer = export(("a", 12)).replacing("SUMMARY:", with: "SEQUENCE:1\nSUMMARY:")
            return try await reported(["a.ics": export(("a", 10))], ["b.ics": newer])
        },
        Provocation(.unannouncedTimeChange, "another hour, and the same SEQUENCE") {
            try await reported(["a.ics": export(("a", 10))], ["a.ics": export(("a", 12))])
        },
        Provocation(.badUpdate, "a known booking without its time") {
            var steps = try Steps()
            try steps.exports.write(export(("a", 10)), to: "a.ics")
            await steps.wait(.seconds(2))
            try steps.exports.write(export(("a", 10)).replacing("DTSTART", with: "X-START"), to: "a.ics")
            await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
            return try steps.report("hr/a.ics.report.json")
        },
        Provocation(.slotTaken, "two meetings at ten") { try await reported(["a.ics": export(("a", 10), ("b", 10))]) },
        Provocation(.bufferTaken, "two meetings that touch, where a buffer is kept") {
            try await reported(
                ["a.ics": export(("a", 10), ("b", 11))], policy: ConflictPolicy(buffer: .seconds(600)))
        },
        Provocation(.seriesOverlapsItself, "a meeting of two hours, every hour") {
            let hourly = export(("a", 10)).replacing("DURATION:PT1H", with: "DURATION:PT2H\nRRULE:FREQ=HOURLY;COUNT=3")
            return try await reported(["a.ics": hourly])
        },
        Provocation(.displaced, "a tentative meeting that a confirmed one displaces") {
            let tentative = export(("a", 10)).replacing("SUMMARY:", with: "STATUS:TENTATIVE\nSUMMARY:")
            return try await reported(["a.ics": tentative], ["b.ics": export(("b", 10))])
        },
        Provocation(.promoted, "a loser whose winner is cancelled") {
            let cancelled = export(("a", 10)).replacing("SUMMARY:", with: "STATUS:CANCELLED\nSEQUENCE:1\nSUMMARY:")
            return try await reported(["a.ics": export(("a", 10)), "b.ics": export(("b", 10))], ["a.ics": cancelled])
        },
        Provocation(.noShow, "a booked room that nobody opens") { try await expired { _, _ in } },
        Provocation(.cutOff, "a conference that ends when its room closes") {
            try await expired { store, ten in
                let answer = try await store.admit(
                    "blue", at: ten, mailOwner: "a@example.org", policy: AdmissionPolicy(), now: ten)
                guard case .opened(let conference) = answer else { return }
                _ = try await store.closeConference(conference.id, at: ten + 3_630)
            }
        },
        Provocation(.closedByClock, "a conference of which no end is heard") {
            try await expired { store, ten in
                _ = try await store.admit(
                    "blue", at: ten, mailOwner: "a@example.org", policy: AdmissionPolicy(), now: ten)
            }
        },
        Provocation(.endedEarly, "a conference that ends after ten minutes") {
            try await expired { store, ten in
                let answer = try await store.admit(
                    "blue", at: ten, mailOwner: "a@example.org", policy: AdmissionPolicy(), now: ten)
                guard case .opened(let conference) = answer else { return }
                _ = try await store.closeConference(conference.id, at: ten + 600)
            }
        },
    ]
}
