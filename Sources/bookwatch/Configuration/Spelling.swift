import Reservations

/// What somebody may have meant who wrote a word that is not known.
enum Spelling {
    /// The nearest of `known` within a third of its length; of equally near ones the first.
    static func nearest(to word: String, among known: [String]) -> String? {
        known.compactMap { candidate in
            editDistance(word, candidate, limit: max(1, candidate.count / 3)).map { (distance: $0, candidate) }
        }
        .min { $0.distance < $1.distance }?.1
    }
}
