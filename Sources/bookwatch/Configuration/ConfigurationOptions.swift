import ArgumentParser
import ConferenceAPI
import Diagnostics
import Foundation

/// Where a command takes its configuration from: `--config`, else `BOOKWATCH_CONFIG`, else the defaults.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file; else the one that BOOKWATCH_CONFIG names.")
    var file: String?

    @Option(help: "Where the store and the reports live; else $STATE_DIRECTORY, else $XDG_STATE_HOME/bookwatch.")
    var state: String?

    /// The configuration with its relative paths made absolute.
    ///
    /// - Throws: exit code 78, after every finding was told.
    func load() throws -> Configuration {
        try BadConfiguration.told { () throws(BadConfiguration) in try read() }
    }

    /// The same, for whoever tells in another way.
    func read() throws(BadConfiguration) -> Configuration {
        let environment = ProcessInfo.processInfo.environment
        guard let path = file ?? environment["BOOKWATCH_CONFIG"] else {
            return Configuration().settled(
                in: FileManager.default.currentDirectoryPath, state: try stateDirectory(environment))
        }
        let text: String
        do {
            guard let read = String(validating: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) else {
                throw BadConfiguration([Diagnostic(unreadable: path, "it is not UTF-8")])
            }
            text = read
        } catch let error as BadConfiguration {
            throw error
        } catch {
            throw BadConfiguration([
                Diagnostic(unreadable: path, SystemReason.of(error))
            ])
        }
        let base = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return try ConfigurationFile.read(text, file: path)
            .settled(in: base, state: try stateDirectory(environment)).withMappings()
    }

    private func stateDirectory(_ environment: [String: String]) throws(BadConfiguration) -> String {
        if let state {
            guard !state.isEmpty else {
                throw BadConfiguration([
                    Diagnostic(
                        .badValue, "--state: the name of the directory is empty",
                        hint: "Name the directory that the store and the reports are to be in.")
                ])
            }
            return state
        }
        if let directory = environment["STATE_DIRECTORY"]?.split(separator: ":").first { return String(directory) }
        let home = environment["HOME"] ?? "/var/lib"
        return (environment["XDG_STATE_HOME"] ?? "\(home)/.local/state") + "/bookwatch"
    }
}

extension Configuration {
    /// Every path absolute: those of the file are relative to `base`, those left out lie in `state`.
    func settled(in base: String, state: String) -> Configuration {
        /// Said to be no directory, since Foundation asks the file system otherwise, which may be silent.
        func absolute(_ path: String, from base: String) -> String {
            URL(fileURLWithPath: path, isDirectory: false, relativeTo: URL(fileURLWithPath: base, isDirectory: true))
                .standardizedFileURL.path
        }
        let state = absolute(state, from: FileManager.default.currentDirectoryPath)
        var settled = self
        settled.listen.address = ListenAddress.settled(listen.address) { absolute($0, from: base) }
        settled.listen.tokenFile = listen.tokenFile.map { absolute($0, from: base) }
        settled.listen.tlsCertificate = listen.tlsCertificate.map { absolute($0, from: base) }
        settled.listen.tlsKey = listen.tlsKey.map { absolute($0, from: base) }
        settled.store.path = absolute(store.path ?? "bookwatch.sqlite", from: store.path == nil ? state : base)
        settled.reports.directory = absolute(
            reports.directory ?? "reports", from: reports.directory == nil ? state : base)
        settled.mappingFiles = mappingFiles.map { absolute($0, from: base) }
        for index in settled.sources.indices {
            settled.sources[index].directory = absolute(sources[index].directory, from: base)
            settled.sources[index].reportsTo = sources[index].reportsTo.map { absolute($0, from: base) }
        }
        return settled
    }
}
