import Foundation

/// How far a long work has come, on one line of a terminal; nowhere else.
struct ProgressBar {
    private let isShown: Bool
    private var shown = -1

    private static let width = 30

    /// - Parameter isShown: whether `stderr` is a terminal that can go back to the start of a line.
    init(isShown: Bool = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb") {
        self.isShown = isShown
    }

    /// Draws the line anew when it has changed: a hundred times at most for one work.
    mutating func show(_ part: Int, of whole: Int, _ what: String) {
        let percent = whole > 0 ? min(100, part * 100 / whole) : 100
        guard isShown, percent != shown else { return }
        shown = percent
        FileHandle.standardError.write(Data("\r\(Self.line(percent, part, whole, what))\u{1B}[K".utf8))
    }

    /// Leaves nothing of it behind.
    func clear() {
        guard isShown, shown >= 0 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }

    static func line(_ percent: Int, _ part: Int, _ whole: Int, _ what: String) -> String {
        let filled = percent * width / 100
        let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: width - filled)
        let name = Output.shown(what)
        let shortened = name.count > 30 ? "…\(name.suffix(29))" : name
        return "[\(bar)] \(percent) %  \(part / 1_000_000) of \(whole / 1_000_000) MB  \(shortened)"
    }
}
