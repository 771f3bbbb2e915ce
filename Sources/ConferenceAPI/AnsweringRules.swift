package import Foundation
import HTTPTypes
package import Reservations

/// What of the configuration decides an answer: asked for at each request, so that a reload counts from the next one.
package struct AnsweringRules: Sendable {
    package var policy: AdmissionPolicy
    /// Of the times in refusals.
    package var zone: TimeZone
    /// `nil` lets everybody in.
    package var tokens: TokenFile?
    /// The header that carries the token; `nil` means `Authorization: Bearer …`.
    package var tokenHeader: String?
    /// For the connections that come from now on, where the server speaks TLS.
    package var certificate: ServerCertificate?

    package init(
        policy: AdmissionPolicy, zone: TimeZone, tokens: TokenFile? = nil, tokenHeader: String? = nil,
        certificate: ServerCertificate? = nil
    ) {
        self.policy = policy
        self.zone = zone
        self.tokens = tokens
        self.tokenHeader = tokenHeader
        self.certificate = certificate
    }

    /// Whether `name` can be that of a header field (RFC 9110 §5.1).
    package static func isHeader(_ name: String) -> Bool { HTTPField.Name(name) != nil }
}
