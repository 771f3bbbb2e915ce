// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that neither the main build nor its dependencies are touched by it. What is measured is linked
// into `Sources`: a path dependency on the root package would bring all of its dependencies along.

let everyTarget: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "benchmarks",
    targets: [
        // What all benchmarks share (README.md).
        .target(name: "Measuring", swiftSettings: everyTarget),
        .executableTarget(name: "bench-record", dependencies: ["Measuring"], swiftSettings: everyTarget),

        // icalendar-bench: ours against libical.
        .target(name: "ICalendar", exclude: ["TimeZones/generate-windows-names.py"], swiftSettings: everyTarget),
        .executableTarget(
            name: "icalendar-bench",
            dependencies: ["ICalendar", "Measuring", "libical-peer"],
            swiftSettings: everyTarget
        ),
        .systemLibrary(name: "CLibICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .executableTarget(name: "libical-peer", dependencies: ["CLibICal"]),

        // decisions-bench: all rooms against those that one export touches.
        .target(name: "Diagnostics", swiftSettings: everyTarget),
        .target(name: "Reservations", dependencies: ["Diagnostics"], swiftSettings: everyTarget),
        .executableTarget(
            name: "decisions-bench", dependencies: ["Reservations", "Measuring"], swiftSettings: everyTarget
        ),

        // reports-bench: reports on 100,000 findings against a plain write of the same bytes.
        .target(
            name: "Reports", dependencies: ["Diagnostics", "ICalendar", "Reservations"], exclude: ["Schema"],
            swiftSettings: everyTarget
        ),
        .executableTarget(name: "reports-bench", dependencies: ["Reports", "Measuring"], swiftSettings: everyTarget),

        // xml-bench: ours against libxml2's parser with handlers that do nothing.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CBookingXML", dependencies: ["CLibXML2"]),
        .target(
            name: "BookingXML", dependencies: ["ICalendar", "CBookingXML"], exclude: ["Schema"],
            swiftSettings: everyTarget
        ),
        .executableTarget(
            name: "xml-bench", dependencies: ["BookingXML", "Measuring", "xml-floor"], swiftSettings: everyTarget
        ),
        .executableTarget(name: "xml-floor", dependencies: ["CLibXML2"]),

        // pass-bench: the built daemon, from a dropped file to what is served, against libical's parse alone.
        .executableTarget(
            name: "pass-bench",
            dependencies: ["Measuring", "icalendar-bench", "libical-peer"],
            swiftSettings: everyTarget
        ),
    ],
    swiftLanguageModes: [.v6]
)
