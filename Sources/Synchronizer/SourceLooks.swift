import DirectoryWatch

/// What of one source is to be looked at, and when: a state machine that is handed scans, stamps and monotonic
/// instants.
struct SourceLooks {
    /// Two scans at least this far apart must miss an export, in directories read to their end, before it counts as
    /// removed.
    static let removalPause = Duration.seconds(10)
    static let scanInterval = Duration.seconds(300)
    static let eventlessScanInterval = Duration.seconds(10)

    private static let longestUnrest = Duration.seconds(600)

    private struct Known {
        var stamp: FileStamp
        /// The stamp could stay as it is although the content changes: it is read again at the next scan.
        var isFresh: Bool
    }

    /// Why an export could not be read, as it was told.
    private struct Told {
        let fault: SourceFault
        /// What it looked like then; `nil` where it could not be looked at.
        let stamp: FileStamp?
    }

    private var settling = Settling()
    private var queue = ReadingQueue()
    private var known: [String: Known] = [:]
    /// As many at most as there are exports: a scan forgets what is gone.
    private var told: [String: Told] = [:]
    /// When each absent export was missed first.
    private var absentSince: [String: Duration] = [:]
    private var identity: FileIdentity?
    private(set) var nextScan: Duration
    /// Whether others may write there without a word from the kernel.
    private let isNetwork: Bool
    /// Whether events come for all of it; without them a scan has to find every change.
    private var isWatched = false

    init(now: Duration, isNetwork: Bool) {
        nextScan = now
        self.isNetwork = isNetwork
    }

    /// When something is due next.
    var nextLook: Duration { queue.isEmpty ? min(settling.nextLook ?? nextScan, nextScan) : .zero }

    /// Whether all exports that have been seen have been read.
    var isSettled: Bool { settling.isEmpty }

    /// Whether more has settled than there was time to read.
    var hasQueue: Bool { !queue.isEmpty }

    /// Exports that have been changing for ten minutes or longer.
    func restless(at now: Duration) -> [String] { settling.restless(for: Self.longestUnrest, at: now) }

    mutating func expectScan(by instant: Duration) { nextScan = min(nextScan, instant) }

    /// Takes in whether the kernel tells of changes; either way, there may be some that it did not tell of.
    mutating func noteWatched(_ isWatched: Bool, now: Duration) {
        self.isWatched = isWatched
        expectScan(by: now)
    }

    /// Lets those be read that have stood still for long enough.
    mutating func queueDue(at now: Duration) { queue.fill(from: settling, at: now) }

    /// The next ones to be read, if they still have these stamps, but not more than `count`.
    mutating func nextDue(_ count: Int) -> ArraySlice<DueFile> { queue.next(count, waitingIn: settling) }

    /// What is next in the queue has not been read: it could be there twice.
    mutating func forgetRead() { _ = queue.next(0, waitingIn: settling) }

    /// So many of them are being read.
    mutating func takeDue(_ count: Int) { queue.take(count) }

    /// Takes in a scan; `jitter`, 0...1, spreads the next one. Answers what is gone for good.
    ///
    /// - Parameters:
    ///   - away: what is not there since its disk is not.
    ///   - letGo: what is gone for good as soon as one scan misses it.
    mutating func take(
        _ scan: DirectoryScan, stored: Set<String>, away: Set<String> = [], letGo: Set<String> = [], now: Duration,
        jitter: Double
    ) -> [String] {
        let interval = isWatched && !isNetwork ? Self.scanInterval : Self.eventlessScanInterval
        nextScan = now + interval * (0.75 + jitter / 2)
        find(scan.entries, now: now)
        if let next = settling.nextRestless(for: Self.longestUnrest, after: now) { expectScan(by: next) }
        let sameRoot = identity == nil || identity == scan.root
        identity = scan.root ?? identity
        if !told.isEmpty { for path in scan.absent(of: Set(told.keys)) { told[path] = nil } }
        guard sameRoot else {
            absentSince = [:]
            expectScan(by: now + Self.removalPause)
            return []
        }
        let absent = scan.absent(of: stored.subtracting(away))
        absentSince = absentSince.filter { absent.contains($0.key) }
        for path in absent where absentSince[path] == nil { absentSince[path] = now }
        for path in absent { settling.forget(path) }
        let gone = absent.filter { path in
            letGo.contains(path) || absentSince[path].map { now - $0 >= Self.removalPause } ?? false
        }.sorted()
        for path in gone {
            absentSince[path] = nil
            known[path] = nil
        }
        if !absentSince.isEmpty { nextScan = min(nextScan, now + Self.removalPause) }
        return gone
    }

    /// Takes in what one directory shows.
    mutating func take(_ part: SubtreeScan, now: Duration) {
        let entries = part.entries.filter { !isSpeltOtherwise($0.path) }
        if entries.count < part.entries.count { expectScan(by: now) }
        find(entries, now: now)
    }

    /// Whether there is an export whose name is the same one to Unicode as that of `path`, and not to the disk. Only a
    /// whole scan tells whether both are there.
    func isSpeltOtherwise(_ path: String) -> Bool {
        let spellings = [known.index(forKey: path).map { known[$0].key }, settling.spelling(of: path)]
        return spellings.compactMap(\.self).contains { !$0.utf8.elementsEqual(path.utf8) }
    }

    /// Takes in what a scan has found, whatever it is a scan of.
    private mutating func find(_ entries: [DirectoryScan.Entry], now: Duration) {
        for entry in entries {
            absentSince[entry.path] = nil
            forgetTold(entry.path, unlessAt: entry.stamp)
            if let seen = known[entry.path], seen.stamp == entry.stamp {
                // It was read, and what was read could be used.
                told[entry.path] = nil
                if !seen.isFresh { continue }
            }
            if isSpeltOtherwise(entry.path) {
                // The other one has been there, and is not any more.
                settling.forget(entry.path)
                known[entry.path] = nil
            }
            _ = settling.look(at: entry.path, stamp: entry.stamp, arrival: isNetwork ? .network : nil, now: now)
        }
    }

    /// Takes in what `path` looks like now, and how it came to be so, where that was heard.
    mutating func take(_ path: String, stamp: FileStamp, arrival: Settling.Arrival?, now: Duration) {
        absentSince[path] = nil
        forgetTold(path, unlessAt: stamp)
        _ = settling.look(at: path, stamp: stamp, arrival: isNetwork ? .network : arrival, now: now)
    }

    /// `path` was read at `stamp`; until something changes there is nothing to do.
    mutating func noteRead(_ path: String, stamp: FileStamp, isFresh: Bool) {
        settling.forget(path)
        known[path] = Known(stamp: stamp, isFresh: isFresh)
    }

    /// `path` could not be looked at: the next scan tells whether it is gone.
    mutating func noteVanished(_ path: String, now: Duration) {
        settling.forget(path)
        known[path] = nil
        told[path] = nil
        expectScan(by: now)
    }

    /// `path` is there, but cannot be read: the next scan tries again.
    mutating func noteUnreadable(_ path: String) {
        settling.forget(path)
        known[path] = nil
    }

    /// The same, with the reason; answers whether that is news since it was read or has changed last.
    mutating func noteUnreadable(_ path: String, _ fault: SourceFault) -> Bool {
        let stamp = settling.stamp(of: path) ?? known[path]?.stamp
        noteUnreadable(path)
        return told.updateValue(Told(fault: fault, stamp: stamp), forKey: path)?.fault != fault
    }

    /// One that has changed may be told of again.
    private mutating func forgetTold(_ path: String, unlessAt stamp: FileStamp) {
        if let last = told[path], last.stamp != stamp { told[path] = nil }
    }

    /// Every export is read anew, as when the horizon has moved.
    mutating func forgetContents(now: Duration) {
        known = [:]
        expectScan(by: now)
    }
}
