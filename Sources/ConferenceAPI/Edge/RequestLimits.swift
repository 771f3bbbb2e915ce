import Diagnostics
import HTTPTypes
import Hummingbird

/// What a request may be at the most; each limit has an answer of its own.
package enum RequestLimits {
    /// Method, target and version, in bytes.
    static let requestLine = 4_096
    /// Names and values of all header fields, in bytes.
    static let headers = 8_192
    static let headerFields = 64
    static let body = 16_384

    static let bodyTooLarge = Rejection(
        .contentTooLarge, "The request's body is larger than \(body) bytes.", .badRequest)
    static let requestLineTooLong = Rejection(
        .uriTooLong, "The request's first line is longer than \(requestLine) bytes.", .badRequest)
    static let headersTooLarge = Rejection(
        .requestHeaderFieldsTooLarge, "More than \(headerFields) header fields, or \(headers) bytes.", .badRequest)
    static let notHTTP = Rejection(.badRequest, "The request is not readable as HTTP/1.1.", .badRequest)
}

/// Refuses a head that is larger than `RequestLimits`; bodies are refused by `WholeRequests`.
struct LimitRequests<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let line = request.method.rawValue.utf8.count + (request.head.path ?? "").utf8.count + "  HTTP/1.1".utf8.count
        guard line <= RequestLimits.requestLine else { throw RequestLimits.requestLineTooLong }
        // The field Host came too, and stands apart.
        let host = request.head.authority.map { [("Host", $0)] } ?? []
        let fields = request.headers.map { ($0.name.rawName, $0.value) } + host
        let size = fields.reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count }
        guard size <= RequestLimits.headers, fields.count <= RequestLimits.headerFields else {
            throw RequestLimits.headersTooLarge
        }
        return try await next(request, context)
    }
}
