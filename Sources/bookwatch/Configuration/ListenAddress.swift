import Foundation

/// A host, or `unix:PATH`, as the configuration and the command line name them.
enum ListenAddress {
    private static let socket = "unix:"

    /// Without the brackets of an IPv6 address, and with an absolute path; a missing path stays missing.
    static func settled(_ address: String, absolute: (String) -> String) -> String {
        if address.hasPrefix(socket) {
            let path = address.dropFirst(socket.count)
            return path.isEmpty ? address : socket + absolute(String(path))
        }
        guard address.hasPrefix("["), address.hasSuffix("]") else { return address }
        return String(address.dropFirst().dropLast())
    }

    /// Whether only this machine reaches it: 127.0.0.0/8, ::1, the same written as IPv6, or a name of those.
    static func isLoopback(_ address: String) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, address, &bytes) == 1 { return bytes[0] == 127 }
        if unsafe inet_pton(AF_INET6, address, &bytes) == 1 {
            let isMapped = bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            return isMapped ? bytes[12] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
        }
        return address.lowercased() == "localhost"
    }
}
