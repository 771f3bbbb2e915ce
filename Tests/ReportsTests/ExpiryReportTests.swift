import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("Reports on what is over")
struct ExpiryReportTests {
    @Test("The expiries of a day, in each format", arguments: ReportFormat.allCases)
    func golden(format: ReportFormat) throws {
        try expectGolden(
            String(decoding: format.bytes(of: try ExpirySample.report()), as: UTF8.self),
            "expiries.\(format.fileExtension)")
    }

    @Test("The same expiries in any order give the same bytes", arguments: 1..<7 as Range<UInt64>)
    func order(seed: UInt64) throws {
        let shuffled = try ExpirySample.report(try ExpirySample.items(shuffledBy: seed))
        #expect(shuffled == (try ExpirySample.report()))
    }

    @Test("The usage of a month counts each reservation once, as it was corrected")
    func usage() throws {
        let report = UsageReport(month: "2026-12", items: try ExpirySample.items())
        #expect(
            String(decoding: report.csv(), as: UTF8.self) == """
                month,room,name,bookings,used,ended_early,cut_off,no_show,unobserved,booked_minutes,open_minutes,openings\r
                2026-12,blue,Blue,5,0,2,1,1,1,300,110,4\r

                """)
    }

    @Test(
        "A slot that ends at midnight ended on the day before; days end where their zone says",
        arguments: [
            ("2026-12-07T23:00:00Z", "2026-12-07"), ("2026-12-07T23:00:01Z", "2026-12-08"),
            ("2026-12-07T12:00:00Z", "2026-12-07"), ("2026-06-30T22:00:00Z", "2026-06-30"),
        ])
    func day(end: String, expected: String) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let instant = try Date(end, strategy: .iso8601)
        #expect(LocalDay(ofEnd: instant, in: zone).text == expected)
    }

    @Test(
        "Days are 23 to 25 hours long, and months are whole", arguments: ["Europe/Berlin", "America/Sao_Paulo", "UTC"])
    func days(zone: String) throws {
        let zone = try #require(TimeZone(identifier: zone))
        var day = try #require(LocalDay("2018-01-01", in: zone))
        for _ in 0..<800 {
            let hours = day.next.start.timeIntervalSince(day.start) / 3_600
            #expect([23, 24, 25].contains(hours), "\(day.text) has \(hours) hours")
            #expect(LocalDay(of: day.start, in: zone) == day)
            #expect(LocalDay(day.text, in: zone) == day)
            #expect(day.monthBounds.first.text == "\(day.month)-01" && day.monthBounds.next > day)
            #expect(day.monthBounds.next.text.suffix(2) == "01")
            day = day.next
        }
    }

    @Test(
        "What is no day is none",
        arguments: ["2026-02-30", "2026-13-01", "2026-1-01", "../etc/passwd", "2026-12-07x", ""])
    func noDay(text: String) { #expect(LocalDay(text, in: .gmt) == nil) }
}
