import Foundation
import Reservations
import Testing

@Suite("Recurrence ids")
struct RecurrenceIDTests {
    private static let texts = [
        "", "1", "00001208", "09991208", "10000101", "20261208", "2026120", "202612081", "2026120a", "20261208T",
        "99991231",
        "00001208T000000Z", "10000101T000000Z", "20261208T000000Z", "20261208T090000Z", "20261208T090000z",
        "20261208t090000Z",
        "20261208T090000", "20261208T09000Z", "20261208T0900000Z", "20261208T09000 Z", "20261209", "20261209T000000Z",
        "99991231T235960Z", "-0261208T090000Z", "２0261208", "20261208\0", "ü",
    ]

    @Test("A text stays what it is, byte for byte", arguments: texts)
    func text(_ text: String) throws {
        #expect(RecurrenceID(text).text.utf8.elementsEqual(text.utf8))
        let copy = try JSONDecoder().decode(RecurrenceID.self, from: JSONEncoder().encode(RecurrenceID(text)))
        #expect(copy == RecurrenceID(text))
    }

    @Test("Equal are those of equal texts, and their order is that of the texts", arguments: texts)
    func order(_ text: String) {
        for other in Self.texts {
            #expect((RecurrenceID(text) == RecurrenceID(other)) == (text == other), "\(other)")
            #expect((RecurrenceID(text) < RecurrenceID(other)) == (text < other), "\(other)")
        }
    }

    @Test("JSON has the text, as stores of earlier versions have it")
    func json() throws {
        let json = String(decoding: try JSONEncoder().encode(RecurrenceID("20261208T090000Z")), as: UTF8.self)
        #expect(json == #"{"text":"20261208T090000Z"}"#)
    }

    @Test(
        "Days and instants are written as RFC 5545 does, of every year",
        arguments: [(1, "0001"), (999, "0999"), (1_000, "1000"), (2_026, "2026"), (9_999, "9999")])
    func parts(year: Int, text: String) {
        let day = RecurrenceID(year: year, month: 1, day: 2)
        let instant = RecurrenceID(year: year, month: 1, day: 2, hour: 3, minute: 4, second: 5)
        #expect(day == RecurrenceID("\(text)0102") && day.text == "\(text)0102")
        #expect(instant == RecurrenceID("\(text)0102T030405Z") && instant.text == "\(text)0102T030405Z")
        #expect((day.number == nil) == (year < 1_000) && (instant.number == nil) == (year < 1_000))
        #expect(day.number.map { RecurrenceID(number: $0) } ?? day == day)
        #expect(instant.number.map { RecurrenceID(number: $0) } ?? instant == instant)
    }

    @Test(
        "A number is one of a day or an instant, or none",
        arguments: [0, -1, 9_999_999, 100_000_000, 9_999_999_999_999, 100_000_000_000_000, .max] as [Int64])
    func number(_ number: Int64) {
        #expect(RecurrenceID(number: number) == nil)
    }
}
