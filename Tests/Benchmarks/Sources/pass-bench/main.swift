import Foundation

// usage: pass-bench [PATH-OF-BOOKWATCH]    the built daemon, from files that have settled to what is served

do {
    try PassComparison(daemon: CommandLine.arguments.dropFirst().first ?? ".build/release/bookwatch").run()
} catch {
    FileHandle.standardError.write(Data("pass-bench: \(error)\n".utf8))
    exit(1)
}
