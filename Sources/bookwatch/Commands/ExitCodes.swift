import ArgumentParser

/// The exit codes beside 0 (clean) and 1 (findings): those of sysexits(3).
extension ExitCode {
    static let findings = ExitCode(1)
    static let noInput = ExitCode(66)
    static let cannotWrite = ExitCode(73)
    static let cannotRead = ExitCode(74)
    static let tryAgain = ExitCode(75)
    static let badConfiguration = ExitCode(78)
}

extension BadConfiguration {
    /// Runs `body`; a configuration that cannot be used is told, and ends the program with 78.
    static func told<Value>(_ body: () throws(BadConfiguration) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw error.told()
        }
    }

    /// Tells it; answers how the program ends then.
    func told() -> ExitCode {
        for diagnostic in diagnostics { Output.error(Output.shown(diagnostic)) }
        return .badConfiguration
    }
}
