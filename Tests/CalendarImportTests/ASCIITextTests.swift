import ICalendar
import Testing

@testable import CalendarImport

@Suite("Texts of digits")
struct ASCIITextTests {
    @Test(
        "A time is written in the basic form, with all its zeros",
        arguments: [
            (1, 2, 3, 0, "00010203", "000000"), (2_026, 12, 8, 32_767, "20261208", "090607"),
            (9_999, 10, 31, 86_399, "99991031", "235959"),
        ])
    func time(year: Int, month: Int, day: Int, second: Int, date: String, time: String) throws {
        let written = try #require(CalendarDate(year: year, month: month, day: day))
        let local = try #require(LocalDateTime(date: written, secondOfDay: second))
        #expect(CalendarTime.date(written).basicText == date)
        #expect(CalendarTime.floating(local).basicText == "\(date)T\(time)")
        #expect(CalendarTime.zoned(local, tzid: "Europe/Berlin").basicText == "\(date)T\(time)")
        #expect(CalendarTime.utc(local).basicText == "\(date)T\(time)Z")
    }

    /// The example of FIPS 180-2, appendix B.1.
    @Test("A digest is written in hexadecimal")
    func digest() {
        let digest = EntryDigest.of(Array("abc".utf8))
        #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
