import Diagnostics
import Foundation
import Reservations
import Testing

@Suite("What became of a reservation")
struct ExpiryTests {
    /// Spans in minutes after 10:00, the booked start; the booked end is 11:00. `nil` stands for no end.
    @Test(
        "Each outcome, with minutes and openings",
        arguments: [
            ([], .noShow, 0), ([(0, 60)], .cutOff, 60), ([(0, nil)], .cutOff, 60), ([(0, 62)], .cutOff, 60),
            ([(0, 59)], .used, 59), ([(-8, 50)], .used, 58), ([(-20, 50)], .used, 60), ([(0, 49)], .endedEarly, 49),
            ([(0, 10), (30, 40)], .endedEarly, 20),
            ([(0, 10), (20, 55)], .used, 45), ([(0, 40), (20, 55)], .used, 55), ([(0, 10), (10, 55)], .used, 55),
            ([(5, 5)], .endedEarly, 0), ([(30, nil), (0, 20)], .cutOff, 50),
        ] as [([(Double, Double?)], ExpiryOutcome, Int)])
    func outcomes(spans: [(Double, Double?)], outcome: ExpiryOutcome, minutes: Int) throws {
        let expiry = Expiry(
            of: try window(), spans: spans.map { OpenSpan(start: minute($0.0), end: $0.1.map(minute)) },
            observed: [try slot(0...24)])
        #expect(expiry == Expiry(outcome: outcome, minutes: minutes, openings: spans.count))
    }

    @Test("The closing time counts, not the booked end, where a conference may run over")
    func overrun() throws {
        let policy = AdmissionPolicy(overrun: .seconds(1_800))
        func outcome(until end: Double) throws -> ExpiryOutcome {
            let span = OpenSpan(start: minute(0), end: minute(end))
            return Expiry(of: try window(policy), spans: [span], observed: []).outcome
        }
        #expect(try outcome(until: 60) == .used)
        #expect(try outcome(until: 90) == .cutOff)
        #expect(try outcome(until: 49) == .endedEarly)
    }

    @Test(
        "Never opened is no-show only where we were answering all the time",
        arguments: [
            ([9.0...12.0], .noShow), ([9.0...10.5, 10.5...12.0], .noShow), ([10.4...12.0, 9.0...10.5], .noShow),
            ([9.0...10.5, 10.6...12.0], .unobserved), ([10.1...12.0], .unobserved), ([], .unobserved),
            ([10.0...11.0], .noShow),
        ] as [([ClosedRange<Double>], ExpiryOutcome)])
    func observed(spans: [ClosedRange<Double>], outcome: ExpiryOutcome) throws {
        #expect(Expiry(of: try window(), spans: [], observed: try spans.map(slot)).outcome == outcome)
    }

    @Test("Each outcome has its code")
    func codes() {
        #expect(ExpiryOutcome.allCases.map { $0.code?.rawValue } == [nil, "EXP021", "EXP020", "EXP030", nil])
    }

    private func minute(_ minute: Double) -> Date { hour(10).addingTimeInterval(minute * 60) }

    private func window(_ policy: AdmissionPolicy = AdmissionPolicy()) throws -> OpenWindow {
        try #require(OpenWindow.windows(of: [try reserved("a", 10...11)], policy: policy).first)
    }
}
