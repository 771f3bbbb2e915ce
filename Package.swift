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

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: everyTarget)
}

func tests(of name: String, _ more: [Target.Dependency] = [], resources: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "TestSupport"] + more,
        exclude: resources,
        swiftSettings: everyTarget
    )
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")

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

        // Knowledge: no I/O, no clock, no framework.
        target("Diagnostics"),
        target("ICalendar"),
        target("BookingXML", ["ICalendar", "CBookingXML"]),
        target("Reservations", ["Diagnostics"]),

        // Translation.
        target("CalendarImport", ["Diagnostics", "ICalendar", "BookingXML", "Reservations"]),

        // Effects: disk and kernel.
        target("ReservationStore", ["Diagnostics", "Reservations", grdb]),
        target("DirectoryWatch", [crypto]),
        target("Reports", ["Diagnostics", "Reservations"]),

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
            ["Diagnostics", "Reservations", "ReservationStore", hummingbird, httpTypes, nio, logging, crypto]
        ),

        // Wiring.
        .executableTarget(
            name: "bookwatch",
            dependencies: [
                "Diagnostics", "Reservations", "CalendarImport", "ReservationStore", "Reports", "Synchronizer",
                "ConferenceAPI", "DirectoryWatch", "ICalendar", hummingbird, lifecycle, logging, arguments, yams,
            ],
            swiftSettings: everyTarget
        ),

        // Tests.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: everyTarget),
    ],
    swiftLanguageModes: [.v6]
)
