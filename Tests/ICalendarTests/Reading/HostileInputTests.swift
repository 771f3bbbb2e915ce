import ICalendar
import TestSupport
import Testing

@Suite("Hostile input") struct HostileInputTests {
    /// Asks for everything that a document offers; a trap is what would fail.
    private func exercise(_ bytes: [UInt8]) -> Int {
        let document = CalendarDocument(bytes)
        var sum = document.diagnostics.count
        for component in document.components { sum += exercise(component) }
        for calendar in document.calendars {
            sum += calendar.diagnostics.count + (calendar.name ?? "").count + calendar.timeZones.count
        }
        for decoded in document.decodedEvents { sum += decoded.event.others.count + decoded.diagnostics.count }
        return sum
    }

    private func exercise(_ component: ComponentView) -> Int {
        var sum = component.name.count + component.unfoldedBytes.count
        for property in component.properties {
            sum += property.text.count + property.textList.count + property.parameters.count + property.line
            sum += property.user.address.count
            sum += (try? property.times().count) ?? 0
            sum += (try? property.duration().days) ?? 0
        }
        for inner in component.components { sum += exercise(inner) }
        return sum
    }

    @Test(
        "A sample that is cut anywhere is read without a trap, and is complete only at its end", arguments: Sample.all)
    func cut(sample: Sample) {
        for length in 0..<sample.bytes.count {
            _ = exercise(Array(sample.bytes.prefix(length)))
            let document = CalendarDocument(Array(sample.bytes.prefix(length)))
            // What follows the last END is at most its line end.
            if length < sample.bytes.count - 4, sample.isOneCalendar { #expect(!document.isComplete, "at \(length)") }
        }
    }

    @Test("A sample with any byte changed is read without a trap", arguments: Sample.all)
    func flipped(sample: Sample) {
        for index in sample.bytes.indices {
            for change in [0x01, 0x80] as [UInt8] {
                var bytes = sample.bytes
                bytes[index] ^= change
                _ = exercise(bytes)
            }
        }
    }

    @Test("Nonsense made of the grammar's own bytes is read without a trap", arguments: 0..<300 as Range<UInt64>)
    func nonsense(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "BEGIN:", "END:", "VCALENDAR", "VEVENT", "\r\n", "\n", "\r", " ", "\t", ":", ";", "=", "\"", ",", "\\", "^",
            "DTSTART", "EXDATE;VALUE=DATE:", "20261108", "T100000Z", "RDATE;VALUE=PERIOD:", "/", "PT1H", "\u{FEFF}",
            "é",
            "ENCODING=QUOTED-PRINTABLE", "=0A", "RRULE:FREQ=DAILY", "ATTENDEE;CN=", "mailto:a", ".", "UID:",
        ]
        var text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
        for _ in 0..<200 { text += pieces[Int.random(in: pieces.indices, using: &generator)] }
        _ = exercise(Array(text.utf8))
    }

    @Test("Lines that go on and on with soft breaks, folds or quotes are read in time that grows with their length")
    func longLines() {
        let count = 200_000
        for part in ["a=\r\n", "\r\n b", "\r\n \r\n", ";a=\"b", "a;b=c\r\n", "=\r\n"] {
            let line = "X-A;ENCODING=QUOTED-PRINTABLE:" + String(repeating: part, count: count)
            let document = CalendarDocument("BEGIN:VCALENDAR\r\n\(line)\r\nEND:VCALENDAR\r\n")
            #expect(!document.components.isEmpty)
        }
        _ = CalendarDocument(String(repeating: "\n", count: count))
        _ = CalendarDocument(String(repeating: "a\n\n", count: count))
        let open = "X-A;" + String(repeating: "a=\"b:\";", count: count)
        #expect(!CalendarDocument("BEGIN:VCALENDAR\r\n\(open)\r\nEND:VCALENDAR\r\n").components.isEmpty)
    }

    @Test("Many components, and many ends of nothing, are read")
    func manyComponents() {
        let document = CalendarDocument(calendar(String(repeating: "BEGIN:A\nEND:A\nEND:B\n", count: 20_000)))
        #expect(document.isComplete)
        #expect(document.calendars.first?.component.components.count == 20_000)
        #expect(document.diagnostics.count == Limits().diagnostics + 1)
    }
}
