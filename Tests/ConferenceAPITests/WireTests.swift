import Foundation
import HTTPTypes
import Testing

@testable import ConferenceAPI

@Suite("What goes over the wire")
struct WireTests {
    @Test(
        "Times are read in every form that clients send",
        arguments: [
            ("2048-04-20T15:00:00.000Z", 2_471_007_600.0), ("2026-12-08T10:00:00Z", 1_796_724_000),
            ("2026-12-08T10:00:00.250Z", 1_796_724_000.25), ("2026-12-08T11:00:00.000+01", 1_796_724_000),
            ("2026-12-08T11:00:00.000+0100", 1_796_724_000), ("2026-12-08T11:00:00.000+01:00", 1_796_724_000),
            ("2026-12-08T04:30:00.000-05:30", 1_796_724_000), ("1969-12-31T23:59:59.000Z", -1),
        ]
    )
    func times(text: String, seconds: Double) throws {
        #expect(JitsiTimestamp.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "Anything else is no time",
        arguments: [
            "", "now", "2026-12-08", "2026-12-08T10:00:00", "2026-13-08T10:00:00Z", "2026-02-30T10:00:00Z",
            "2026-12-08T24:00:00Z", "2026-12-08T10:60:00Z", "2026-12-08T10:00:00.Z", "2026-12-08T10:00:00Z ",
            "２０２６-12-08T10:00:00Z",
        ]
    )
    func noTimes(text: String) { #expect(JitsiTimestamp.parse(text) == nil) }

    @Test("A message has no control characters, whatever of a request it quotes")
    func message() {
        let error = ConferenceFormError.unreadable("start_time", "\u{1B}[31m\0soon\u{9B}")
        let message = Rejection(.badRequest, error.message).message
        #expect(message.contains("\u{FFFD}[31m\u{FFFD}soon\u{FFFD}"))
    }

    @Test("A time that is written is read back, every day from 1970 to 2100")
    func roundTrip() {
        for day in 0..<47_482 {
            let instant = Date(timeIntervalSince1970: Double(day) * 86_400 + 12_345.678)
            let text = JitsiTimestamp.format(instant)
            let back = JitsiTimestamp.parse(text)?.timeIntervalSince1970 ?? 0
            #expect(abs(back - instant.timeIntervalSince1970) < 0.001, "\(text)")
        }
        #expect(JitsiTimestamp.format(Date(timeIntervalSince1970: 2_471_007_600)) == "2048-04-20T15:00:00.000Z")
    }

    private func form(_ body: String) throws -> ConferenceForm { try ConferenceForm(Array(body.utf8), as: .form) }

    @Test(
        "A form: escapes in either case, plus for space, any order, the first of repeated fields, unknown ones ignored")
    func forms() throws {
        let form = try form(
            "x=1&mail_owner=ann%40example.org&name=r%25c3%25A9union+a&name=other&start_time=2026-12-08T10%3a00%3A00.000Z"
        )
        #expect(form.name == "r%c3%A9union a")
        #expect(form.mailOwner == "ann@example.org")
        #expect(form.startTime?.timeIntervalSince1970 == 1_796_724_000)
    }

    @Test("JSON with the same fields")
    func json() throws {
        let body = #"{"name":"blue","start_time":"2026-12-08T10:00:00.000Z","mail_owner":null,"more":[1]}"#
        let form = try ConferenceForm(Array(body.utf8), as: .json)
        #expect(form.name == "blue")
        #expect(form.mailOwner == nil)
    }

    @Test(
        "Fields that are not asked for, and those that are said again, may say anything",
        arguments: ["foo=%zz&name=blue", "name=blue&%ff=%ff", "name=blue&name=%zz"])
    func unknownFields(body: String) throws {
        #expect(try form(body).name == "blue")
    }

    @Test(
        "What is missing or unreadable is said",
        arguments: [
            ("", ConferenceFormError.missing("name")), ("name=", .missing("name")), ("start_time=x", .missing("name")),
            ("name=a&start_time=tomorrow", .unreadable("start_time", "tomorrow")), ("name=%zz", .notForm),
            ("%zz=a", .missing("name")), ("name=%", .notForm), ("name=%zz&name=a", .notForm), ("name=%ff%fe", .notForm),
        ]
    )
    func badForms(body: String, expected: ConferenceFormError) {
        #expect(throws: expected) { try form(body) }
    }

    @Test(
        "A body's type is told by its Content-Type, parameters aside",
        arguments: [
            (nil, ConferenceForm.Encoding.form), ("application/x-www-form-urlencoded; charset=utf-8", .form),
            ("Application/JSON", .json), ("text/plain", nil), ("multipart/form-data; boundary=x", nil),
        ] as [(String?, ConferenceForm.Encoding?)]
    )
    func contentTypes(type: String?, expected: ConferenceForm.Encoding?) {
        #expect(ConferenceForm.Encoding(contentType: type) == expected)
    }

    @Test("Optional fields are left out, never null; the name is echoed as it came")
    func body() throws {
        var body = ConferenceBody(
            id: 7, name: "r%c3%a9union", mailOwner: "", startTime: "2026-12-08T10:00:00.000Z", duration: 3_600)
        #expect(
            String(decoding: try WireJSON.encode(body), as: UTF8.self)
                == #"{"duration":3600,"id":7,"mail_owner":"","name":"r%c3%a9union","start_time":"2026-12-08T10:00:00.000Z"}"#
        )
        body.maxOccupants = 3
        body.lobby = false
        body.password = "a/b"
        let text = String(decoding: try WireJSON.encode(body), as: UTF8.self)
        #expect(text.contains(#""lobby":false,"mail_owner":"","max_occupants":3"#))
        #expect(text.contains(#""password":"a/b""#))
    }
}
