import Testing

/// What each target may import besides itself: the arrows of the diagram in the README, which only go down.
private let allowedImports: [(target: String, modules: Set<String>)] = [
    ("Diagnostics", []),
    ("ICalendar", ["Foundation.Date", "Glibc", "Musl", "Darwin", "Synchronization"]),
    ("BookingXML", ["ICalendar", "CBookingXML", "Foundation.Date"]),
    ("Reservations", ["Diagnostics", "Foundation", "Foundation.Date"]),
    (
        "CalendarImport",
        ["Diagnostics", "ICalendar", "BookingXML", "Reservations", "Foundation", "Foundation.Date", "Crypto"]
    ),
    (
        "ReservationStore",
        [
            "CSQLiteSettings", "Diagnostics", "Reservations", "Crypto", "Foundation", "Foundation.Date", "Glibc",
            "GRDB", "GRDBSQLite", "Synchronization",
        ]
    ),
    ("DirectoryWatch", ["Foundation.Date", "Foundation.Thread", "Glibc", "Crypto", "Synchronization"]),
    ("Reports", ["Diagnostics", "ICalendar", "Reservations", "Foundation", "Foundation.Date", "Glibc"]),
    (
        "Synchronizer",
        [
            "Diagnostics", "Reservations", "CalendarImport", "ReservationStore", "DirectoryWatch", "Reports",
            "Foundation",
            "Foundation.Date", "Dispatch", "Logging", "ServiceLifecycle", "Synchronization",
        ]
    ),
    (
        "ConferenceAPI",
        [
            "Diagnostics", "Reservations", "ReservationStore", "Foundation", "Foundation.Date", "Hummingbird",
            "HummingbirdCore", "ServiceLifecycle", "HTTPTypes", "Logging", "NIOCore", "NIOPosix", "NIOSSL", "NIOTLS",
            "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "Crypto", "Synchronization",
        ]
    ),
]

/// Targets that do no I/O and read no clock.
private let knowledge = ["Diagnostics", "ICalendar", "BookingXML", "Reservations"]

@Suite("The layering is a test, not a drawing")
struct LayeringTests {
    @Test("A target imports only what lies below it", arguments: allowedImports)
    func imports(target: String, modules: Set<String>) throws {
        let files = try Checkout.swiftFiles(below: "Sources/\(target)")
        #expect(!files.isEmpty)
        for file in files {
            for module in try Checkout.importedModules(of: file) {
                #expect(modules.contains(module), "\(file) imports \(module)")
            }
        }
    }

    @Test("Every target is in the table")
    func everyTarget() throws {
        let listed = Set(allowedImports.map(\.target)).union(["bookwatch"])
        for file in try Checkout.swiftFiles(below: "Sources") {
            let target = file.split(separator: "/")[1]
            #expect(listed.contains(String(target)), "\(target) is missing from the table")
        }
    }

    @Test("Knowledge reads no clock, touches no file and prints nothing", arguments: knowledge)
    func pure(target: String) throws {
        let banned = ["Date()", "Date.now", "ContinuousClock()", "FileManager", " print(", "ProcessInfo"]
        for file in try Checkout.swiftFiles(below: "Sources/\(target)") {
            for (number, line) in try Checkout.lines(of: file).enumerated() {
                for call in banned where line.contains(call) && !line.contains("///") {
                    Issue.record("\(file):\(number + 1) says \(call)")
                }
            }
        }
    }

    @Test("Only Daemon.swift makes a clock")
    func clocks() throws {
        for file in try Checkout.swiftFiles(below: "Sources") where !file.hasSuffix("/Daemon.swift") {
            for (number, line) in try Checkout.lines(of: file).enumerated() {
                for call in ["Date()", "Date.init()", "ContinuousClock()", "SuspendingClock()"]
                where line.contains(call) {
                    Issue.record("\(file):\(number + 1) says \(call)")
                }
            }
        }
    }
}
