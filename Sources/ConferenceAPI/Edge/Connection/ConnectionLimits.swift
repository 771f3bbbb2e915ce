/// What one connection, and all of them together, may take; the limits of a request's size are `RequestLimits`.
package struct ConnectionLimits: Sendable {
    /// From the first byte of a request to the end of its head.
    package var head = Duration.seconds(5)
    /// From the end of the head to the end of the body.
    package var body = Duration.seconds(10)
    /// Without any request.
    package var idle = Duration.seconds(30)
    /// How long a refused client may go on sending before the connection is cut: cut at once, it would lose the answer.
    package var lingering = Duration.seconds(2)
    package var connections = 256
    package var connectionsPerAddress = 64

    package init() {}
}
