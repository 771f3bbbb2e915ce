import DirectoryWatch
import Foundation
import Reservations

/// Whether a source still brings news: a file is new, or was written, replaced or removed.
struct SourceNews {
    enum Change: Hashable {
        /// Nothing for too long; since when.
        case stale(since: Date)
        case fresh
    }

    private let expectedEvery: Duration?
    private var last: Date?
    /// The last time at which a file was changed, as it was seen last.
    private var newest: Date?
    private var paths: Set<String> = []
    private var isStale = false
    /// `nil` while it brings news.
    var staleSince: Date? { isStale ? last : nil }

    init(expectedEvery: Duration?) { self.expectedEvery = expectedEvery }

    /// How long it may still bring none; `nil` where it may for ever, or is stale already.
    func patience(at now: Date) -> Duration? {
        guard let expectedEvery, let last, !isStale else { return nil }
        return expectedEvery - .seconds(now.timeIntervalSince(last)) + .seconds(1)
    }

    /// Takes in a scan; answers what is worth telling.
    ///
    /// The time of a change is the file's ctime, which nobody can set; where that is in the future, it is now.
    ///
    /// - Parameter away: exports whose disk is not there, which is no news of theirs.
    mutating func take(_ scan: DirectoryScan, away: Set<String> = [], at now: Date) -> Change? {
        guard let expectedEvery else { return nil }
        let found = Set(scan.entries.map(\.path)).union(away)
        let unseen = paths.subtracting(found)
        let hasLost = unseen.contains { !scan.hides($0) }
        paths = found.union(unseen.filter(scan.hides))
        let changes = scan.entries.lazy.map(\.stamp.ctimeNanoseconds).map {
            Date(timeIntervalSince1970: Double($0) / 1_000_000_000)
        }
        let newest = changes.max()
        // What lies in the future is news once: the clock has been set back since.
        let isNewFuture = newest.map { $0 > now && $0 != self.newest } ?? false
        self.newest = newest
        let news = hasLost || isNewFuture ? now : changes.filter { $0 <= now }.max() ?? .distantPast
        last = min(max(last ?? (newest == nil ? now : .distantPast), news), now)
        guard let last else { return nil }
        let wasStale = isStale
        isStale = now.timeIntervalSince(last) > expectedEvery.inSeconds
        guard isStale != wasStale else { return nil }
        return isStale ? .stale(since: last) : .fresh
    }
}
