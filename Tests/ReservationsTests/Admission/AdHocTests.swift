import Foundation
import Reservations
import Testing

@Suite("Rooms that nobody booked")
struct AdHocTests {
    let open = RoomTerms(unbooked: .open, settings: RoomSettings(lobby: true))

    @Test(
        "A room that is open for the unbooked is given away for an hour, or until the next reservation",
        arguments: [(8.0, 9.0), (9.5, 10.0), (12.0, 13.0)])
    func adHoc(at: Double, closes: Double) throws {
        let answer = try ask(at: at, RoomState(granted: [try reserved("a", 10...11)]), terms: open)
        #expect(
            answer
                == .adHoc(
                    Opening(start: hour(at), closes: hour(closes), settings: RoomSettings(lobby: true), ending: [])))
    }

    @Test("It is closed for the unbooked unless the configuration opens it")
    func closed() throws {
        #expect(try ask(at: 8, RoomState()) == .refused(.notBooked))
    }

    @Test("With less than five minutes left it waits for its booking")
    func tooShort() throws {
        let policy = AdmissionPolicy(earlyJoin: .zero, catalogue: RoomCatalogue(unmatched: open))
        let state = RoomState(granted: [try reserved("a", 10...11)])
        func answer(minutesBefore: Double) -> Admission {
            let instant = hour(10).addingTimeInterval(-minutesBefore * 60)
            return admission(
                AdmissionRequest(name: "blue", at: instant, mailOwner: nil), room: state, policy: policy, now: instant)
        }
        #expect(answer(minutesBefore: 4.9) == .refused(.tooEarly(start: hour(10), opens: hour(10))))
        guard case .adHoc(let opening) = answer(minutesBefore: 5) else {
            Issue.record("refused")
            return
        }
        #expect(opening.closes == hour(10))
    }

    @Test("Rooms that are given away for less than five minutes are refused only shortly before their booking")
    func shortlyOpen() throws {
        let policy = AdmissionPolicy(
            adHocDuration: .seconds(180), catalogue: RoomCatalogue(unmatched: open))
        let state = RoomState(granted: [try reserved("a", 10...11)])
        let answer = admission(
            AdmissionRequest(name: "blue", at: hour(8), mailOwner: nil), room: state, policy: policy, now: hour(8))
        guard case .adHoc(let opening) = answer else {
            Issue.record("refused")
            return
        }
        #expect(opening.closes == hour(8.05))
    }

    @Test("An open ad-hoc conference that lasts is joined, even where the room has been closed for the unbooked since")
    func joined() throws {
        #expect(try ask(at: 8.5, RoomState(open: [try conference(closes: 9)])) == .alreadyOpen(5))
    }

    @Test(
        "One that is over by both clocks makes place for a new one",
        arguments: [(9.0, 9.0, false), (9.0, 8.9, true), (8.9, 9.0, true)])
    func replaced(at: Double, now: Double, lasts: Bool) throws {
        let answer = try ask(at: at, RoomState(open: [try conference(closes: 9)]), terms: open, now: now)
        let opening = Opening(start: hour(at), closes: hour(at + 1), settings: open.settings, ending: [5])
        #expect(answer == (lasts ? .alreadyOpen(5) : .adHoc(opening)))
    }

    @Test(
        "Under attendee and owner, as under authenticated, an address of ours is needed",
        arguments: [
            OwnerPolicy.authenticated, .attendee, .owner,
        ])
    func authenticated(policy: OwnerPolicy) throws {
        let terms = RoomTerms(unbooked: .open, ownerPolicy: policy)
        let ours = AddressBook(domains: ["example.org"])
        let opening = Opening(start: hour(8), closes: hour(9))
        #expect(try ask(at: 8, RoomState(), asker: "eve@example.org", terms: terms, addresses: ours) == .adHoc(opening))
        #expect(
            try ask(at: 8, RoomState(), asker: "x@guest.test", terms: terms, addresses: ours)
                == .refused(.notTheOwner(nil)))
        let running = RoomState(open: [try conference(closes: 9)])
        #expect(try ask(at: 8, running, terms: terms, addresses: ours) == .refused(.notTheOwner(nil)))
    }

    @Test("An ad-hoc conference opens at a whole second")
    func wholeSecond() throws {
        guard case .adHoc(let opening) = try ask(at: 8 + 0.25 / 3_600, RoomState(), terms: open) else {
            Issue.record("refused")
            return
        }
        #expect(opening.start == hour(8))
        #expect(opening.closes == hour(9))
    }

    private func conference(closes: Double) throws -> OpenConference {
        OpenConference(
            id: 5, reservation: nil, slot: try slot((closes - 1)...closes), openedAt: hour(closes - 1),
            closes: hour(closes))
    }
}

@Suite("Conferences that end")
struct DeletionTests {
    @Test(
        "A DELETE ends a conference, unless it comes between the 409 that told its id and the GET that follows",
        arguments: [
            (false, nil, .ends), (false, 5, .belongsToEarlierOpening), (false, 10, .belongsToEarlierOpening),
            (false, 11, .ends), (false, -11, .ends), (true, nil, .movesEnd), (true, 5, .movesEnd),
        ] as [(Bool, Double?, Deletion)])
    func deletion(hasEnded: Bool, secondsAgo: Double?, expected: Deletion) {
        let handedOut = secondsAgo.map { hour(10).addingTimeInterval(-$0) }
        #expect(Deletion(hasEnded: hasEnded, handedOutAt: handedOut, now: hour(10)) == expected)
    }
}
