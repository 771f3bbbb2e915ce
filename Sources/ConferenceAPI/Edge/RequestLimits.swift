import Diagnostics
import HTTPTypes
import Hummingbird

/// What a request may be at the most; each limit has an answer of its own.
package enum RequestLimits {
    /// The target of the request line, in bytes.
    static let target = 4_096
    /// Names and values of all header fields, in bytes.
    static let headers = 8_192
    static let headerFields = 64
    static let body = 16_384

    static let bodyTooLarge = Rejection(
        .contentTooLarge, "The request's body is larger than \(body) bytes.", .badRequest)
}

/// Refuses what is larger than `RequestLimits` before anything is read from it.
struct LimitRequests<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard (request.head.path ?? "").utf8.count <= RequestLimits.target else {
            throw Rejection(
                .uriTooLong, "The request's address is longer than \(RequestLimits.target) bytes.", .badRequest
            )
        }
        let size = request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
        guard size <= RequestLimits.headers, request.headers.count <= RequestLimits.headerFields else {
            throw Rejection(
                .requestHeaderFieldsTooLarge,
                "More than \(RequestLimits.headerFields) header fields, or \(RequestLimits.headers) bytes.",
                .badRequest
            )
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > RequestLimits.body {
            throw RequestLimits.bodyTooLarge
        }
        return try await next(request, context)
    }
}
