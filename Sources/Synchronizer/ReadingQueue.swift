import DirectoryWatch

/// What has settled and is to be read, over as many steps as that takes. What somebody told of comes first: a scan
/// finds a million files at once.
struct ReadingQueue {
    private var heard: ArraySlice<DueFile> = []
    private var others: ArraySlice<DueFile> = []

    var isEmpty: Bool { heard.isEmpty && others.isEmpty }

    /// Takes in what has settled by `now`; of what it has already, nothing is looked for again.
    mutating func fill(from settling: Settling, at now: Duration) {
        if heard.isEmpty { heard = settling.heardDue(at: now)[...] }
        if others.isEmpty { others = settling.due(at: now)[...] }
    }

    /// At most `count` of those that are next, and have not been read meanwhile. They stay.
    mutating func next(_ count: Int, waitingIn settling: Settling) -> ArraySlice<DueFile> {
        heard = heard.drop { !settling.isWaiting($0.path) }
        others = others.drop { !settling.isWaiting($0.path) }
        return heard.isEmpty ? others.prefix(count) : heard.prefix(count)
    }

    /// Takes those away that `next` has told, so many of them.
    mutating func take(_ count: Int) {
        if heard.isEmpty { others = others.dropFirst(count) } else { heard = heard.dropFirst(count) }
        // What a million paths have taken is given back.
        if others.isEmpty { others = [] }
    }
}
