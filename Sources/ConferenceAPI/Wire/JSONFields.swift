import Foundation

/// The same fields as a JSON object; null counts as absent, unknown fields are ignored.
enum JSONFields {
    private struct Body: Decodable {
        var name: String?
        var start_time: String?
        var mail_owner: String?
    }

    static func decode(_ body: [UInt8]) throws(ConferenceFormError) -> [String: String] {
        do {
            let body = try JSONDecoder().decode(Body.self, from: Data(body))
            let fields = ["name": body.name, "start_time": body.start_time, "mail_owner": body.mail_owner]
            return fields.compactMapValues(\.self)
        } catch {
            throw .notJSON
        }
    }
}
