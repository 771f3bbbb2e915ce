import Foundation

/// Why the system refused, in its own words; Foundation's are a domain and a number.
package enum SystemReason {
    package static func of(_ error: any Error) -> String {
        guard let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code else { return "\(error)" }
        return unsafe String(cString: strerror(code.rawValue))
    }
}
