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
    ],
    swiftLanguageModes: [.v6]
)
