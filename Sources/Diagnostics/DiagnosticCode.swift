/// The stable code of a finding: a family and a number, never reused (design: reports, "Diagnostics").
package enum DiagnosticCode: String, Sendable, Codable, CaseIterable, Comparable {
    // Sources and files.
    case unreadable = "SRC001"
    case vanished = "SRC002"
    case truncated = "SRC003"
    case stillChanging = "SRC004"
    case tooLarge = "SRC005"
    case unknownFormat = "SRC006"
    case badEncoding = "SRC007"
    case stale = "SRC008"
    case removalHeld = "SRC010"
    case notARegularFile = "SRC011"
    case ownReport = "SRC012"
    case setAside = "SRC013"

    // iCalendar: syntax and time.
    case badLine = "ICS001"
    case unbalancedComponent = "ICS003"
    case missingUID = "ICS004"
    case missingStart = "ICS005"
    case badDateTime = "ICS006"
    case endAndDuration = "ICS007"
    case unknownZone = "ICS008"
    case zoneByName = "ICS009"
    case floatingTime = "ICS010"
    case badRule = "ICS011"
    case endlessRule = "ICS012"
    case tooManyOccurrences = "ICS013"
    case orphanedOverride = "ICS014"
    case exceptionDateType = "ICS015"
    case foreignComponent = "ICS016"
    case foreignMethod = "ICS017"
    case unsupportedVersion = "ICS018"
    case zoneTransition = "ICS020"

    // XML.
    case notWellFormed = "XML001"
    case entityRefused = "XML002"
    case unknownDialect = "XML003"
    case missingElement = "XML004"
    case badElementValue = "XML005"
    case xmlLimit = "XML006"
    case notValid = "XML008"

    // Bookings.
    case noRoom = "BKG001"
    case unknownRoom = "BKG002"
    case endNotAfterStart = "BKG003"
    case noLength = "BKG004"
    case tooLong = "BKG005"
    case noOwner = "BKG008"
    case unusableRoomName = "BKG010"
    case badMaxOccupants = "BKG011"
    case badLobby = "BKG012"
    case badPassword = "BKG013"
    case staleRevision = "BKG020"
    case badUpdate = "BKG021"
    case duplicate = "BKG030"
    case unannouncedTimeChange = "BKG031"
    case moreAttendeesThanSeats = "BKG040"

    // Conflicts.
    case slotTaken = "CNF001"
    case bufferTaken = "CNF002"
    case seriesOverlapsItself = "CNF004"
    case displaced = "CNF006"
    case promoted = "CNF030"

    // Expiries.
    case overBeforeImport = "EXP001"
    case cutOff = "EXP020"
    case endedEarly = "EXP021"
    case closedByClock = "EXP022"
    case noShow = "EXP030"
    case changeWaits = "EXP040"

    // Refusals of the conference API.
    case notBooked = "API001"
    case notTheOwner = "API002"
    case badRequest = "API003"
    case badToken = "API004"
    case unknownConference = "API005"
    case clocksDiffer = "API006"
    case tooEarly = "API010"
    case over = "API011"

    // Reports and configuration.
    case reportNotWritten = "RPT001"
    case noReplyPossible = "RPT003"
    case unknownKey = "CFG001"
    case badValue = "CFG002"
    case reportsInsideWatched = "CFG004"
    case readableSecret = "CFG006"
    case publicWithoutToken = "CFG007"

    package static func < (lhs: DiagnosticCode, rhs: DiagnosticCode) -> Bool { lhs.rawValue < rhs.rawValue }
}
