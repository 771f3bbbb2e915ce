import Foundation
import ReservationStore
import Testing

@testable import ConferenceAPI

@Suite("Numbers for monitoring")
struct MetricsTextTests {
    @Test("They are written as Prometheus reads them")
    func text() {
        var metrics = StoreMetrics()
        metrics.passedAt = Date(timeIntervalSince1970: 1_796_724_000)
        metrics.openConferences = 3
        metrics.refusedWrites = 7
        metrics.sources["hr"] = StoreMetrics.Source()
        metrics.sources["a\"b\\c\nd"] = StoreMetrics.Source(held: 12, unusable: 1, faults: ["SRC008": 1, "SRC001": 2])
        #expect(
            MetricsText(metrics).text == """
                # HELP bookwatch_store_damaged Whether a check of the store has found damage.
                # TYPE bookwatch_store_damaged gauge
                bookwatch_store_damaged 0
                # HELP bookwatch_ready Whether a pass was completed, ever.
                # TYPE bookwatch_ready gauge
                bookwatch_ready 1
                # HELP bookwatch_last_pass_timestamp_seconds When exports changed what is served last, since 1970.
                # TYPE bookwatch_last_pass_timestamp_seconds gauge
                bookwatch_last_pass_timestamp_seconds 1796724000
                # HELP bookwatch_open_conferences Rooms that are open now.
                # TYPE bookwatch_open_conferences gauge
                bookwatch_open_conferences 3
                # HELP bookwatch_store_refused_writes_total Writes that the disk has not taken since the start: it is full, \
                broken or read-only.
                # TYPE bookwatch_store_refused_writes_total counter
                bookwatch_store_refused_writes_total 7
                # HELP bookwatch_source_held_withdrawals Withdrawals that wait until the operator accepts them (SRC010).
                # TYPE bookwatch_source_held_withdrawals gauge
                bookwatch_source_held_withdrawals{source="a\\"b\\\\c\\nd"} 12
                bookwatch_source_held_withdrawals{source="hr"} 0
                # HELP bookwatch_source_unusable_exports Exports whose content cannot be used; an older one is in force.
                # TYPE bookwatch_source_unusable_exports gauge
                bookwatch_source_unusable_exports{source="a\\"b\\\\c\\nd"} 1
                bookwatch_source_unusable_exports{source="hr"} 0
                # HELP bookwatch_source_faults What is wrong with the directory of a source, by code; SRC008 is staleness.
                # TYPE bookwatch_source_faults gauge
                bookwatch_source_faults{source="a\\"b\\\\c\\nd",code="SRC001"} 2
                bookwatch_source_faults{source="a\\"b\\\\c\\nd",code="SRC008"} 1

                """)
    }

    @Test("Of a store that is damaged nothing else is known")
    func damaged() {
        var metrics = StoreMetrics()
        metrics.isDamaged = true
        let lines = MetricsText(metrics).text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines == ["bookwatch_store_damaged 1"])
    }
}
