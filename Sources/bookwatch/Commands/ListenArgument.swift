import ArgumentParser
import Foundation

/// `ADDRESS:PORT`, `[ADDRESS]:PORT` or `unix:PATH` on the command line; a path is relative to where that was typed.
struct ListenArgument: ExpressibleByArgument, Sendable {
    let address: String
    /// `nil` for a Unix socket.
    let port: Int?

    init?(argument: String) {
        if argument.hasPrefix("unix:") {
            address = ListenAddress.settled(argument) { URL(fileURLWithPath: $0).standardizedFileURL.path }
            port = nil
            return
        }
        guard let colon = argument.lastIndex(of: ":"), let number = Int(argument[argument.index(after: colon)...]),
            (0...65_535).contains(number)
        else { return nil }
        address = ListenAddress.settled(String(argument[..<colon])) { $0 }
        port = number
    }
}
