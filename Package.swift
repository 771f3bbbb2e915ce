// swift-tools-version: 6.2

import PackageDescription

let everyTarget: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func target(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: everyTarget)
}

/// Golden files lie beside the tests that own them and are read from the checkout.
func tests(of name: String, _ more: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "TestSupport"] + more,
        exclude: exclude,
        swiftSettings: everyTarget
    )
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")

let package = Package(
    name: "bookwatch",
    products: [
        .executable(name: "bookwatch", targets: ["bookwatch"]),
        .library(name: "ICalendar", targets: ["ICalendar"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C
        .systemLibrary(
            name: "CLibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]
        ),
        .target(name: "CBookingXML", dependencies: ["CLibXML2"]),
        .target(name: "CSQLiteSettings", dependencies: [sqlite]),

        // Knowledge: no I/O, no clock, no framework.
        target("Diagnostics"),
        target("ICalendar", exclude: ["TimeZones/generate-windows-names.py"]),
        target("BookingXML", ["ICalendar", "CBookingXML"], exclude: ["Schema"]),
        target("Reservations", ["Diagnostics"]),

        // Translation.
        target("CalendarImport", ["Diagnostics", "ICalendar", "BookingXML", "Reservations", crypto]),

        // Effects: disk and kernel.
        target("ReservationStore", ["CSQLiteSettings", "Diagnostics", "Reservations", grdb, sqlite, crypto]),
        target("DirectoryWatch", [crypto]),
        target("Reports", ["Diagnostics", "ICalendar", "Reservations"], exclude: ["Schema"]),

        // Services.
        target(
            "Synchronizer",
            [
                "Diagnostics", "Reservations", "CalendarImport", "ReservationStore", "DirectoryWatch", "Reports",
                lifecycle, logging, crypto,
            ]
        ),
        target(
            "ConferenceAPI",
            [
                "Diagnostics", "Reservations", "ReservationStore", hummingbird, hummingbirdCore, httpTypes, nio,
                nioPosix, nioSSL, nioTLS, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, lifecycle, logging, crypto,
            ]
        ),

        // Wiring.
        .executableTarget(
            name: "bookwatch",
            dependencies: [
                "Diagnostics", "Reservations", "CalendarImport", "ReservationStore", "Reports", "Synchronizer",
                "ConferenceAPI", "DirectoryWatch", "ICalendar", "BookingXML", lifecycle, signals, logging, arguments,
                yams,
            ],
            swiftSettings: everyTarget
        ),

        // Tests.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: everyTarget),
        tests(of: "Diagnostics", exclude: ["Golden"]),
        tests(of: "ICalendar", exclude: ["Reading/Golden"]),
        tests(of: "BookingXML", ["ICalendar"], exclude: ["Golden"]),
        tests(of: "Reservations", ["Diagnostics"], exclude: ["README.md"]),
        tests(of: "CalendarImport", ["BookingXML", "Diagnostics", "ICalendar", "Reservations"], exclude: ["Golden"]),
        tests(of: "ReservationStore", ["Diagnostics", "Reservations", grdb, sqlite]),
        tests(of: "DirectoryWatch"),
        tests(of: "Reports", ["Diagnostics", "ICalendar", "Reservations"], exclude: ["Golden"]),
        tests(
            of: "Synchronizer",
            [
                "CalendarImport", "Diagnostics", "DirectoryWatch", "ICalendar", "Reports",
                "ReservationStore", "Reservations", logging, grdb,
            ]
        ),
        tests(
            of: "ConferenceAPI",
            [
                "Diagnostics", "Reservations", "ReservationStore", grdb, hummingbirdCore, httpTypes, logging, nio,
                nioTLS, nioHTTP1, nioEmbedded, nioHTTPTypes, nioHTTPTypesHTTP1,
            ]
        ),
        tests(
            of: "bookwatch",
            [
                "BookingXML", "CalendarImport", "Diagnostics", "DirectoryWatch", "ICalendar", "Reservations",
                "Synchronizer", lifecycle,
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "SystemTests",
            dependencies: ["bookwatch", "Diagnostics", "TestSupport", grdb],
            swiftSettings: everyTarget
        ),
        .testTarget(name: "ArchitectureTests", swiftSettings: everyTarget),
    ],
    swiftLanguageModes: [.v6]
)
