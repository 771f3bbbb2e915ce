// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that neither the main build nor its dependencies are touched by it. `Sources/ICalendar` is a
// link to the library's sources: a path dependency on the root package would bring all of its dependencies along.

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
        .target(name: "ICalendar", swiftSettings: everyTarget),
        .executableTarget(name: "icalendar-bench", dependencies: ["ICalendar"], swiftSettings: everyTarget),

        // The peer: Debian's libical, in C.
        .systemLibrary(name: "CLibICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .executableTarget(name: "libical-peer", dependencies: ["CLibICal"]),
    ],
    swiftLanguageModes: [.v6]
)
