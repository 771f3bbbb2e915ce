package import struct Foundation.Date

/// What Prosody asks with a POST: form-encoded, or the same fields as JSON.
package struct ConferenceForm: Hashable, Sendable {
    /// The room as the client wrote it; the answer echoes it byte for byte.
    package var name: String
    /// `start_time`; `nil` when the client sent none, so that our clock decides.
    package var startTime: Date?
    /// `mail_owner`, as it was written; `nil` without authentication.
    package var mailOwner: String?

    /// The media types that are read.
    package enum Encoding: Sendable {
        case form
        case json

        /// From a `Content-Type`, parameters left aside; a missing one means a form.
        package init?(contentType: String?) {
            let type = contentType?.prefix { $0 != ";" }.lowercased().trimmingSpaces() ?? ""
            switch type {
            case "", "application/x-www-form-urlencoded": self = .form
            case "application/json": self = .json
            default: return nil
            }
        }
    }

    /// - Throws: `ConferenceFormError` when a field is missing or unreadable.
    package init(_ body: [UInt8], as encoding: Encoding) throws(ConferenceFormError) {
        let fields: [String: String] =
            switch encoding {
            case .form: try FormFields.decode(body, names: ["name", "start_time", "mail_owner"])
            case .json: try JSONFields.decode(body)
            }
        guard let name = fields["name"], !name.isEmpty else { throw .missing("name") }
        self.name = name
        if let text = fields["start_time"], !text.isEmpty {
            guard let instant = JitsiTimestamp.parse(text) else { throw .unreadable("start_time", text) }
            startTime = instant
        }
        if let owner = fields["mail_owner"], !owner.isEmpty { mailOwner = owner }
    }
}

/// What is wrong with a form, in words for the client.
package enum ConferenceFormError: Error, Hashable, Sendable {
    case notForm
    case notJSON
    case missing(String)
    case unreadable(String, String)

    package var message: String {
        switch self {
        case .notForm: "The request's body is not a form: expected name=…&start_time=…&mail_owner=…"
        case .notJSON: "The request's body is not a JSON object with text fields name, start_time and mail_owner."
        case .missing(let field): "The field \(field) is missing."
        case .unreadable(let field, let value):
            "The field \(field) cannot be read: '\(value.prefix(40))', not as 2026-12-08T10:00:00.000Z."
        }
    }
}

extension StringProtocol {
    func trimmingSpaces() -> String {
        let head = drop { $0 == " " || $0 == "\t" }
        return String(head.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
