import Diagnostics
import HTTPTypes
import Hummingbird

/// Lets nobody pass without a valid token of certain kinds; without a token file everybody passes.
struct RequireToken<Context: RequestContext>: RouterMiddleware {
    private let kinds: Set<TokenFile.Kind>
    private let rules: @Sendable () -> AnsweringRules

    init(of kinds: Set<TokenFile.Kind>, rules: @escaping @Sendable () -> AnsweringRules) {
        self.kinds = kinds
        self.rules = rules
    }

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let rules = rules()
        guard let tokens = rules.tokens else { return try await next(request, context) }
        guard let token = presented(by: request, in: rules.tokenHeader) else {
            throw Rejection(
                .unauthorized, "The reservation system needs a token; ask the operator of this server.", .badToken)
        }
        guard let kind = try tokens.kind(of: token, logger: context.logger), kinds.contains(kind) else {
            throw Rejection(
                .unauthorized, "The reservation system does not accept this token; ask the operator.", .badToken)
        }
        return try await next(request, context)
    }

    private func presented(by request: Request, in header: String?) -> String? {
        if let header { return HTTPField.Name(header).flatMap { request.headers[$0] } }
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return value.dropFirst("bearer ".count).trimmingSpaces()
    }
}
