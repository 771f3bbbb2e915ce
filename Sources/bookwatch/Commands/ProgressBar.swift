import Foundation
import ReservationStore
import Synchronizer

/// How far a long work has come, on one line of a terminal; nowhere else.
struct ProgressBar {
    private let isShown: Bool
    private var shown: Shown?

    private struct Shown: Equatable {
        let percent: Int
        let stage: String
    }

    private static let width = 30

    /// - Parameter isShown: whether `stderr` is a terminal that can go back to the start of a line.
    init(isShown: Bool = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb") {
        self.isShown = isShown
    }

    /// Draws the line anew when it has changed: a hundred times at most for one stage.
    mutating func show(_ progress: SourceImport.Progress) {
        switch progress {
        case .reading(let path, let bytes, let all): show(bytes, of: all, "MB", unit: 1_000_000, path)
        case .deciding(let pass): show(pass)
        case .reporting(let rooms, let all): show(rooms, of: all, "rooms", "reported")
        }
    }

    private mutating func show(_ pass: PassProgress) {
        switch pass {
        case .stored(let bookings, let all): show(bookings, of: all, "bookings", "stored")
        case .decided(let rooms, let all): show(rooms, of: all, "rooms", "decided")
        }
    }

    private mutating func show(_ part: Int, of whole: Int, _ what: String, unit: Int = 1, _ stage: String) {
        let now = Shown(percent: whole > 0 ? min(100, part * 100 / whole) : 100, stage: stage)
        guard isShown, now != shown else { return }
        shown = now
        let line = Self.line(now.percent, "\(part / unit) of \(whole / unit) \(what)", stage)
        FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
    }

    /// Leaves nothing of it behind.
    func clear() {
        guard isShown, shown != nil else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }

    private static func line(_ percent: Int, _ amount: String, _ stage: String) -> String {
        let filled = percent * width / 100
        let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: width - filled)
        let name = Output.shown(stage)
        let shortened = name.count > 30 ? "…\(name.suffix(29))" : name
        return "[\(bar)] \(percent) %  \(amount)  \(shortened)"
    }
}
