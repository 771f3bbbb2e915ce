import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ReservationStore
import Reservations

/// POST, GET and DELETE of `/conference`, as `mod_reservations` calls them: decode, ask the store one question, encode.
struct ConferenceRoutes: Sendable {
    let store: ReservationStore
    let desk: StoreDesk
    let refusals: RefusalLog
    let rules: @Sendable () -> AnsweringRules
    let now: @Sendable () -> Date

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.post("conference") { request, context in try await open(request, context) }
        router.get("conference/:id") { _, context in try await show(context) }
        router.delete("conference/:id") { _, context in try await close(context) }
    }

    private func open(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard let encoding = ConferenceForm.Encoding(contentType: request.headers[.contentType]) else {
            throw Rejection(.unsupportedMediaType, "The request's body must be a form or JSON.", .badRequest)
        }
        let body = try await request.body.collect(upTo: RequestLimits.body)
        let form: ConferenceForm
        do {
            form = try ConferenceForm([UInt8](buffer: body), as: encoding)
        } catch {
            throw Rejection(.badRequest, error.message, .badRequest)
        }
        let now = now()
        let rules = rules()
        noteClock(of: form, now, context.logger)
        let answer = try await desk.ask { [store] in
            try await store.admit(
                form.name, at: form.startTime ?? now, mailOwner: form.mailOwner, policy: rules.policy, now: now
            )
        }
        switch answer {
        case .opened(let conference):
            context.logger.info("opened", metadata: ["room": "\(form.name)", "conference": "\(conference.id)"])
            return try .json(ConferenceBody(conference, name: form.name), status: .ok)
        case .alreadyOpen(let id, let unmarked):
            context.logger.info("open already", metadata: ["room": "\(form.name)", "conference": "\(id)"])
            if let unmarked {
                context.logger.warning("the mark of a 409 is not stored", metadata: ["error": "\(unmarked)"])
            }
            return try .json(ConflictBody(conflictID: id), status: .conflict)
        case .refused(let refusal):
            context.logger.info("refused", metadata: ["room": "\(form.name)", "code": "\(refusal.code.rawValue)"])
            refusals.note(RefusalRow(of: form.name, asker: form.mailOwner, refusal.code, at: now))
            throw Rejection(.forbidden, RefusalText(zone: rules.zone).text(of: refusal, at: now), refusal.code)
        case .notReady:
            throw Rejection(
                .serviceUnavailable,
                "The reservation system is still reading the bookings. Please try again in a moment.")
        }
    }

    /// The client's clock decides which booking is meant; that it differs is worth a warning.
    private func noteClock(of form: ConferenceForm, _ now: Date, _ logger: Logger) {
        guard let asked = form.startTime, abs(asked.timeIntervalSince(now)) > 60 else { return }
        logger.warning(
            "the client's clock differs from ours",
            metadata: [
                "code": "\(DiagnosticCode.clocksDiffer.rawValue)", "seconds": "\(Int(asked.timeIntervalSince(now)))",
            ]
        )
    }

    private func show(_ context: BasicRequestContext) async throws -> Response {
        let id = try id(context)
        let found = try await desk.ask { [store] in try await store.fetchConference(id) }
        guard let conference = found else { throw Self.unknown }
        do {
            try await desk.ask { [store] in try await store.noteFetched(conference) }
        } catch {
            // The answer needs no write, so that a full disk does not keep it back.
            context.logger.warning("the mark of a 409 stays for a while", metadata: ["error": "\(error)"])
        }
        return try .json(ConferenceBody(conference, name: conference.askedName), status: .ok)
    }

    private func close(_ context: BasicRequestContext) async throws -> Response {
        let id = try id(context)
        switch try await desk.ask({ [store, now] in try await store.closeConference(id, at: now()) }) {
        case .closed, .keptOpen: context.logger.info("deleted", metadata: ["conference": "\(id)"])
        case .closedBefore: context.logger.debug("deleted again", metadata: ["conference": "\(id)"])
        case .unknown: throw Self.unknown
        }
        return Response(status: .noContent)
    }

    private static let unknown = Rejection(.notFound, "There is no such conference.", .unknownConference)

    /// `70010`, or `70010.0`: Lua's JSON reader makes every number a float.
    private func id(_ context: BasicRequestContext) throws -> Int64 {
        guard let text = context.parameters.get("id") else { throw Self.unknown }
        let digits = text.hasSuffix(".0") ? text.dropLast(2) : Substring(text)
        guard (1...14).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let id = Int64(digits)
        else { throw Self.unknown }
        return id
    }
}

extension ConferenceBody {
    /// - Parameter name: the asked name, byte for byte.
    init(_ conference: StoredConference, name: String) {
        id = conference.id
        self.name = name
        mailOwner = conference.mailOwner
        startTime = JitsiTimestamp.format(conference.slot.start)
        duration = Int(conference.closes.timeIntervalSince(conference.slot.start))
        maxOccupants = conference.settings.maxOccupants
        lobby = conference.settings.lobby
        password = conference.settings.password
    }
}
