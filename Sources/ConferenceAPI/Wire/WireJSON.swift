import Foundation

/// JSON as it goes over the wire: sorted keys, slashes as they are, optional fields left out when they are not set.
enum WireJSON {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try [UInt8](encoder.encode(value))
    }
}
