import Diagnostics
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// An answer that is no conference: its status, and what the user is told.
struct Rejection: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    var message: String
    var code: DiagnosticCode?
    private(set) var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ message: String, _ code: DiagnosticCode? = nil) {
        self.status = status
        // Some of it may be quoted from the request.
        let shown = message.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        self.message = String(String.UnicodeScalarView(shown))
        self.code = code
    }

    /// For a method that an address does not take (RFC 9110 §15.5.6).
    init(allowing methods: [HTTPRequest.Method]) {
        let names = methods.map(\.rawValue)
        self.init(
            .methodNotAllowed, "This address takes \(names.joined(separator: " and ")) only.", .badRequest)
        headers[.allow] = names.joined(separator: ", ")
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var response = try Response.json(MessageBody(message: message, code: code?.rawValue), status: status)
        response.headers.append(contentsOf: headers)
        return response
    }

    /// The body, for where no `Response` can be made yet.
    var bytes: ByteBuffer? {
        do {
            return ByteBuffer(bytes: try WireJSON.encode(MessageBody(message: message, code: code?.rawValue)))
        } catch {
            return nil
        }
    }
}

/// Gives every error a JSON body with `message`: Prosody shows it to the user, and a body without one shows nothing.
struct ErrorBodies<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let response = try await answer(request, context, next)
        // RFC 9110 §9.3.2: with a body, whoever keeps the connection would take it for the next answer.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request, _ context: Context, _ next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let rejection as Rejection {
            return try rejection.response(from: request, context: context)
        } catch let error as HTTPError where error.status == .notFound {
            return try Self.nothing(at: request.uri.path).response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            let other = Rejection(error.status, "The request cannot be answered: \(error.status).")
            return try other.response(from: request, context: context)
        } catch {
            context.logger.error("no answer", metadata: ["error": "\(error)"])
            let trouble = Rejection(
                .serviceUnavailable, "The reservation system is busy. Please try again in a moment.")
            return try trouble.response(from: request, context: context)
        }
    }
}

extension ErrorBodies {
    /// What the router has no answer for: an address that is none of ours, or a method that one of ours does not take.
    private static func nothing(at path: String) -> Rejection {
        let methods: [HTTPRequest.Method]? =
            switch path.split(separator: "/") {
            case ["livez"], ["readyz"], ["metrics"]: [.get, .head]
            case ["conference"]: [.post]
            case let parts where parts.count == 2 && parts[0] == "conference": [.get, .delete]
            default: nil
            }
        return methods.map(Rejection.init(allowing:))
            ?? Rejection(.notFound, "There is nothing at this address; Prosody asks for /conference.")
    }
}

extension Response {
    /// Keys in a fixed order, so that equal answers have equal bytes.
    static func json(_ body: some Encodable, status: HTTPResponse.Status) throws -> Response {
        let bytes = ByteBuffer(bytes: try WireJSON.encode(body))
        let headers = HTTPFields.json(length: bytes.readableBytes)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}

extension HTTPFields {
    /// Those of every body of ours.
    static func json(length: Int) -> HTTPFields {
        [
            .contentType: "application/json; charset=utf-8", .contentLength: "\(length)", .cacheControl: "no-store",
        ]
    }
}
