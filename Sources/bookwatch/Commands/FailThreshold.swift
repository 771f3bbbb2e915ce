import ArgumentParser
import Diagnostics

/// From which gravity on findings make the exit code 1.
enum FailThreshold: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never

    func isReached(by gravest: Severity?) -> Bool {
        guard let gravest else { return false }
        return switch self {
        case .never: false
        case .warning: gravest >= .warning
        case .error: gravest >= .error
        }
    }
}
