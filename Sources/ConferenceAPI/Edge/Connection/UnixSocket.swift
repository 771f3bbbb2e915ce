import Foundation
import NIOCore
import NIOPosix

/// A Unix socket's place in the file system.
struct UnixSocket {
    let path: String

    /// `nil` unless `address` begins with `unix:`.
    init?(address: String) {
        guard address.hasPrefix("unix:") else { return nil }
        path = String(address.dropFirst("unix:".count))
    }

    /// A socket file that nobody serves any more is left behind by kill -9, and is replaced when we bind; one that
    /// answers is somebody's, and would be taken from him.
    ///
    /// - Throws: `CannotListen`.
    func refuseIfServed() async throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path).get()
        } catch {
            return
        }
        try await channel.close()
        throw CannotListen(address: "unix:\(path)", reason: "the socket is in use")
    }

    /// Lets the group in besides the owner, and nobody else: Prosody runs as another user, in our group.
    func open() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: path)
    }
}
