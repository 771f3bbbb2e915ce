import Diagnostics
import HTTPTypes
import Hummingbird

/// Lets nobody pass without a valid token; without a token file everybody passes.
struct RequireToken<Context: RequestContext>: RouterMiddleware {
    let tokens: TokenFile?
    /// The header that carries the token; `nil` means `Authorization: Bearer …`.
    let header: HTTPField.Name?

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let tokens else { return try await next(request, context) }
        guard let token = presented(by: request) else {
            throw Rejection(
                .unauthorized, "The reservation system needs a token; ask the operator of this server.", .badToken)
        }
        switch try tokens.kind(of: token) {
        case .prosody, .admin: return try await next(request, context)
        case .read, nil:
            throw Rejection(
                .unauthorized, "The reservation system does not accept this token; ask the operator.", .badToken)
        }
    }

    private func presented(by request: Request) -> String? {
        if let header { return request.headers[header] }
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return value.dropFirst("bearer ".count).trimmingSpaces()
    }
}
