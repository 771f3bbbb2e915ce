import Diagnostics
import Foundation
import Reservations
import Testing

@Suite("Who may open a room now")
struct AdmissionTests {
    @Test(
        "A booked room opens from ten minutes before its start until its end",
        arguments: [(9.8, false), (9.834, true), (10.0, true), (10.5, true), (10.999, true), (11.0, false)])
    func opensInItsTime(at: Double, opens: Bool) throws {
        let reservation = try reserved("a", 10...11)
        let opened = Admission.open(reservation, Opening(start: hour(10), closes: hour(11)))
        #expect(try (ask(at: at, RoomState(granted: [reservation])) == opened) == opens)
    }

    @Test("The answer has the booked start, and the settings of the booking before those of the room")
    func settings() throws {
        let reservation = try reserved("a", 10...11, settings: RoomSettings(lobby: false, password: "x"))
        let terms = RoomTerms(settings: RoomSettings(maxOccupants: 5, lobby: true))
        guard case .open(_, let opening) = try ask(at: 10.7, RoomState(granted: [reservation]), terms: terms) else {
            Issue.record("refused")
            return
        }
        #expect(opening.start == hour(10))
        #expect(opening.settings == RoomSettings(maxOccupants: 5, lobby: false, password: "x"))
    }

    @Test("A booking of 2048 opens in 2048")
    func farAhead() throws {
        let start = Date(timeIntervalSince1970: 2_478_906_000)
        var reservation = try reserved("a", 10...11)
        reservation.slot = try #require(TimeSlot(start: start, end: start.addingTimeInterval(900)))
        let request = AdmissionRequest(name: "blue", at: start.addingTimeInterval(60), mailOwner: nil)
        let answer = admission(
            request, room: RoomState(granted: [reservation]), policy: AdmissionPolicy(), now: hour(0))
        #expect(
            answer == .open(reservation, Opening(start: start, closes: start.addingTimeInterval(900))))
    }

    @Test(
        "A refusal says whether one is too early, too late, or nobody booked the room",
        arguments: [
            (9.5, [10...11], .tooEarly(start: hour(10), opens: hour(10).addingTimeInterval(-600))),
            (-14.0, [10...11], .tooEarly(start: hour(10), opens: hour(10).addingTimeInterval(-600))),
            (-14.1, [10...11], .notBooked),
            (11.0, [10...11], .over(closed: hour(11))),
            (12.0, [10...11], .over(closed: hour(11))),
            (12.1, [10...11], .notBooked),
            (11.5, [10...11, 20...21], .tooEarly(start: hour(20), opens: hour(20).addingTimeInterval(-600))),
            (11.5, [10...11, 40...41], .over(closed: hour(11))),
            (11.5, [], .notBooked),
        ] as [(Double, [ClosedRange<Double>], Refusal)])
    func refusals(at: Double, slots: [ClosedRange<Double>], refusal: Refusal) throws {
        let granted = try slots.enumerated().map { try reserved("r\($0.offset)", $0.element) }
        #expect(try ask(at: at, RoomState(granted: granted)) == .refused(refusal))
    }

    @Test("Every refusal has the code of the catalogue")
    func codes() throws {
        let refusals: [Refusal] = [
            .unusableName, .notTheOwner(nil), .tooEarly(start: hour(1), opens: hour(0)), .over(closed: hour(0)),
            .notBooked,
        ]
        #expect(refusals.map(\.code.rawValue) == ["BKG010", "API002", "API010", "API011", "API001"])
    }

    @Test("A name that cannot be used is refused", arguments: ["", "a\r\nb", "%00", "\u{202E}"])
    func unusableName(name: String) throws {
        #expect(try ask(at: 10, RoomState(), name: name) == .refused(.unusableName))
    }

    @Test("Jicofo's health checks are always allowed for a minute")
    func healthCheck() throws {
        #expect(
            try ask(at: 10, RoomState(), name: "__jicofo-health-check-12ab")
                == .healthCheck(start: hour(10), closes: hour(10).addingTimeInterval(60)))
        #expect(try ask(at: 10, RoomState(), name: "x__jicofo-health-check") == .refused(.notBooked))
    }

    @Test(
        "The owner policy of the room decides who may come, whether or not it is open already",
        arguments: [("ann@example.org", true), ("bob@example.org", false), (nil, false)] as [(String?, Bool)])
    func owner(asker: String?, allowed: Bool) throws {
        let reservation = try reserved("a", 10...11)
        let terms = RoomTerms(ownerPolicy: .owner)
        let closed = try ask(at: 10, RoomState(granted: [reservation]), asker: asker, terms: terms)
        let open = RoomState(granted: [reservation], open: [try conference(7, of: reservation)])
        let again = try ask(at: 10, open, asker: asker, terms: terms)
        #expect(
            closed
                == (allowed
                    ? .open(reservation, Opening(start: hour(10), closes: hour(11)))
                    : .refused(.notTheOwner(reservation.slot))))
        #expect(again == (allowed ? .alreadyOpen(7) : .refused(.notTheOwner(reservation.slot))))
    }

    @Test("Where any known person may come, somebody unknown is not told of somebody else's booking")
    func unknownPerson() throws {
        let room = RoomState(granted: [try reserved("a", 10...11)])
        let terms = RoomTerms(ownerPolicy: .authenticated)
        #expect(try ask(at: 10, room, asker: nil, terms: terms) == .refused(.notTheOwner(nil)))
    }

    @Test("The same request again gets the id of the conference that the first one opened")
    func repeated() throws {
        let reservation = try reserved("a", 10...11)
        let state = RoomState(granted: [reservation], open: [try conference(7, of: reservation)])
        #expect(try ask(at: 10, state) == .alreadyOpen(7))
    }

    @Test("What is open from before ends too where the reservation's own conference is open already")
    func repeatedBesideEarlier() throws {
        let (first, second) = (try reserved("a", 10...11), try reserved("b", 11...12))
        let state = RoomState(
            granted: [first, second], open: [try conference(9, of: first), try conference(8, of: second)])
        #expect(try ask(at: 11, state) == .alreadyOpen(8, ending: [9]))
        #expect(try ask(at: 10.5, state) == .alreadyOpen(9))
    }

    @Test("The next reservation's request ends what is open from before, and nothing else does")
    func endsEarlier() throws {
        let (first, second, third) = (
            try reserved("a", 10...11), try reserved("b", 11...12), try reserved("c", 12...13)
        )
        let adHoc = OpenConference(
            id: 3, reservation: nil, slot: try slot(9...10), openedAt: hour(9), closes: hour(10))
        let state = RoomState(
            granted: [first, second, third],
            open: [try conference(9, of: third), try conference(7, of: first), adHoc])
        #expect(
            try ask(at: 11, state) == .open(second, Opening(start: hour(11), closes: hour(12), ending: [3, 7])))
    }

    @Test(
        "A reservation's own conference that was to close earlier is over once both clocks say so",
        arguments: [(10.4, 10.4, true), (10.6, 10.4, true), (10.4, 10.6, true), (10.6, 10.6, false)])
    func ownConferenceOver(at: Double, now: Double, isOpen: Bool) throws {
        let reservation = try reserved("a", 10...11)
        var open = try conference(7, of: reservation)
        open.closes = hour(10.5)
        let answer = try ask(at: at, RoomState(granted: [reservation], open: [open]), now: now)
        let reopened = Admission.open(reservation, Opening(start: hour(10), closes: hour(11), ending: [7]))
        #expect(answer == (isOpen ? .alreadyOpen(7) : reopened))
    }

    func conference(_ id: Int64, of reservation: Reservation) throws -> OpenConference {
        OpenConference(
            id: id, reservation: reservation.id, slot: reservation.slot, openedAt: reservation.slot.start,
            closes: reservation.slot.end)
    }
}

extension Opening {
    init(start: Date, closes: Date, ending: [Int64] = []) {
        self.init(start: start, closes: closes, settings: RoomSettings(), ending: ending)
    }
}

/// The answer to a request for room "blue".
func ask(
    at: Double, _ state: RoomState, name: String = "blue", asker: String? = nil, terms: RoomTerms = RoomTerms(),
    now: Double? = nil, addresses: AddressBook = AddressBook()
) throws -> Admission {
    admission(
        AdmissionRequest(name: name, at: hour(at), mailOwner: asker), room: state,
        policy: AdmissionPolicy(catalogue: RoomCatalogue(unmatched: terms), addresses: addresses), now: hour(now ?? at))
}
