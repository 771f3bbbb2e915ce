import CalendarImport
import Diagnostics
import Reservations
import Synchronization
import Testing

@Suite("A file may use so much of the processor, and no more")
struct ExportBudgetTests {
    @Test("What takes too long has its later series rejected (ICS013), whole, and keeps what they had")
    func rejected() throws {
        let export = try read(entries: 5, by: Processor(of: .seconds(4), used: .seconds(4)))
        #expect(export.bookings.map(\.key.uid) == ["u0", "u1"])
        #expect(export.rejectedUIDs == ["u2", "u3", "u4"])
        #expect(export.diagnostics.map(\.code) == [.tooManyOccurrences, .tooManyOccurrences, .tooManyOccurrences])
        #expect(export.diagnostics.map(\.line) == [18, 25, 32])
    }

    @Test("Who waits for the processor has not used it")
    func waiting() throws {
        let processor = Processor(of: .seconds(4), used: .zero)
        #expect(try read(entries: 20, by: processor).bookings.count == 20)
        // Once at the begin, and then each time that all of the ten seconds could be gone.
        #expect(processor.asked == 7)
    }

    @Test("What uses it now and then is asked about again when the rest could be used")
    func partly() throws {
        let processor = Processor(of: .seconds(4), used: .seconds(1))
        let export = try read(entries: 20, by: processor)
        #expect(export.bookings.count == 9)
        #expect(export.rejectedUIDs.count == 11)
    }

    @Test("Of what is quick nothing is asked but at its begin")
    func quick() throws {
        let processor = Processor(of: .milliseconds(1), used: .milliseconds(1))
        #expect(try read(entries: 100, by: processor).bookings.count == 100)
        #expect(processor.asked == 1)
    }

    @Test("XML that comes in pieces is given up between two of them (XML006)")
    func pieces() throws {
        let reader = try reader(clock: Processor(of: .seconds(4), used: .seconds(4)).clock)
        let text = "<reservations><!--\(String(repeating: "-x", count: 600_000))--></reservations>"
        var survey = reader.survey(size: text.utf8.count)
        survey.feed(text.utf8.span)
        let export = reader.stream(path: "a.xml", after: survey.finish()).finish()
        #expect(export.ending == .refused)
        #expect(export.diagnostics.map(\.message) == ["the file takes more of the processor than it may"])
    }

    private func read(entries count: Int, by processor: Processor) throws -> ImportedExport {
        let events = (0..<count).map { number in
            """
            BEGIN:VEVENT
            UID:u\(number)
            DTSTAMP:20261101T000000Z
            DTSTART:20261201T100000Z
            DURATION:PT1H
            LOCATION:https://meet.example.org/blue
            END:VEVENT

            """
        }
        let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n\(events.joined())END:VCALENDAR\n"
        return try reader(clock: processor.clock).read(Array(text.utf8), path: "a.ics")
    }
}

/// Between two looks at the time there passes always the same, of which always the same is used.
private final class Processor: Sendable {
    private let looks = Mutex((passed: 0, asked: 0))
    private let pause: Duration
    private let use: Duration

    init(of pause: Duration, used use: Duration) { (self.pause, self.use) = (pause, use) }

    /// How often somebody wanted to know what is used.
    var asked: Int { looks.withLock { $0.asked } }

    var clock: ProcessorClock {
        ProcessorClock(
            used: {
                self.looks.withLock {
                    $0.asked += 1
                    return self.use * $0.passed
                }
            },
            passed: {
                self.looks.withLock {
                    $0.passed += 1
                    return self.pause * $0.passed
                }
            })
    }
}
