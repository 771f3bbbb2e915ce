extension Catalogue {
    /// What is known about `code`.
    package static func entry(for code: DiagnosticCode) -> Entry {
        // Two exhaustive switches for the sake of their length; each hands the codes of the other one over.
        switch code {
        case .unreadable: .unreadable
        case .vanished: .vanished
        case .truncated: .truncated
        case .stillChanging: .stillChanging
        case .tooLarge: .tooLarge
        case .unknownFormat: .unknownFormat
        case .badEncoding: .badEncoding
        case .stale: .stale
        case .removalHeld: .removalHeld
        case .notARegularFile: .notARegularFile
        case .ownReport: .ownReport
        case .setAside: .setAside
        case .badLine: .badLine
        case .unbalancedComponent: .unbalancedComponent
        case .missingUID: .missingUID
        case .missingStart: .missingStart
        case .badDateTime: .badDateTime
        case .endAndDuration: .endAndDuration
        case .unknownZone: .unknownZone
        case .zoneByName: .zoneByName
        case .floatingTime: .floatingTime
        case .badRule: .badRule
        case .endlessRule: .endlessRule
        case .tooManyOccurrences: .tooManyOccurrences
        case .orphanedOverride: .orphanedOverride
        case .exceptionDateType: .exceptionDateType
        case .foreignComponent: .foreignComponent
        case .foreignMethod: .foreignMethod
        case .unsupportedVersion: .unsupportedVersion
        case .zoneTransition: .zoneTransition
        case .notWellFormed: .notWellFormed
        case .entityRefused: .entityRefused
        case .unknownDialect: .unknownDialect
        case .missingElement: .missingElement
        case .badElementValue: .badElementValue
        case .xmlLimit: .xmlLimit
        case .notValid: .notValid
        case .noRoom, .unknownRoom, .endNotAfterStart, .noLength, .tooLong, .noOwner, .unusableRoomName,
            .badMaxOccupants, .badLobby, .badPassword, .staleRevision, .badUpdate, .duplicate, .unannouncedTimeChange,
            .moreAttendeesThanSeats, .slotTaken, .bufferTaken, .seriesOverlapsItself, .displaced, .promoted,
            .overBeforeImport, .cutOff, .endedEarly, .closedByClock, .noShow, .changeWaits, .notBooked, .notTheOwner,
            .badRequest, .badToken, .unknownConference, .clocksDiffer, .tooEarly, .over, .reportNotWritten,
            .noReplyPossible, .unknownKey, .badValue, .reportsInsideWatched, .readableSecret, .publicWithoutToken:
            decisionEntry(for: code)
        }
    }

    /// The second half: what is decided about bookings and requests, reports, configuration.
    private static func decisionEntry(for code: DiagnosticCode) -> Entry {
        switch code {
        case .noRoom: .noRoom
        case .unknownRoom: .unknownRoom
        case .endNotAfterStart: .endNotAfterStart
        case .noLength: .noLength
        case .tooLong: .tooLong
        case .noOwner: .noOwner
        case .unusableRoomName: .unusableRoomName
        case .badMaxOccupants: .badMaxOccupants
        case .badLobby: .badLobby
        case .badPassword: .badPassword
        case .staleRevision: .staleRevision
        case .badUpdate: .badUpdate
        case .duplicate: .duplicate
        case .unannouncedTimeChange: .unannouncedTimeChange
        case .moreAttendeesThanSeats: .moreAttendeesThanSeats
        case .slotTaken: .slotTaken
        case .bufferTaken: .bufferTaken
        case .seriesOverlapsItself: .seriesOverlapsItself
        case .displaced: .displaced
        case .promoted: .promoted
        case .overBeforeImport: .overBeforeImport
        case .cutOff: .cutOff
        case .endedEarly: .endedEarly
        case .closedByClock: .closedByClock
        case .noShow: .noShow
        case .changeWaits: .changeWaits
        case .notBooked: .notBooked
        case .notTheOwner: .notTheOwner
        case .badRequest: .badRequest
        case .badToken: .badToken
        case .unknownConference: .unknownConference
        case .clocksDiffer: .clocksDiffer
        case .tooEarly: .tooEarly
        case .over: .over
        case .reportNotWritten: .reportNotWritten
        case .noReplyPossible: .noReplyPossible
        case .unknownKey: .unknownKey
        case .badValue: .badValue
        case .reportsInsideWatched: .reportsInsideWatched
        case .readableSecret: .readableSecret
        case .publicWithoutToken: .publicWithoutToken
        case .unreadable, .vanished, .truncated, .stillChanging, .tooLarge, .unknownFormat, .badEncoding, .stale,
            .removalHeld, .notARegularFile, .ownReport, .setAside, .badLine, .unbalancedComponent, .missingUID,
            .missingStart, .badDateTime, .endAndDuration, .unknownZone, .zoneByName, .floatingTime, .badRule,
            .endlessRule, .tooManyOccurrences, .orphanedOverride, .exceptionDateType, .foreignComponent,
            .foreignMethod, .unsupportedVersion, .zoneTransition, .notWellFormed, .entityRefused, .unknownDialect,
            .missingElement, .badElementValue, .xmlLimit, .notValid:
            entry(for: code)
        }
    }
}
