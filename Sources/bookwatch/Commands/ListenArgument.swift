import ArgumentParser
import Foundation

/// `ADDRESS:PORT`, `[ADDRESS]:PORT` or `unix:PATH` on the command line.
struct ListenArgument: ExpressibleByArgument, Sendable {
    let address: String
    /// `nil` for a Unix socket.
    let port: Int?

    init?(argument: String) {
        if argument.hasPrefix("unix:") {
            (address, port) = (argument, nil)
            return
        }
        guard let colon = argument.lastIndex(of: ":"), let number = Int(argument[argument.index(after: colon)...]),
            (0...65_535).contains(number)
        else { return nil }
        address = String(argument[..<colon]).trimmingCharacters(in: ["[", "]"])
        port = number
    }
}
