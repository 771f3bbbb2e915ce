/// Lengths as operators write them: a whole number and one unit, `s`, `m`, `h` or `d`.
enum DurationText {
    static let longestDays = 10_000

    /// `nil` for anything else, and for more than `longestDays`.
    static func parse(_ text: String) -> Duration? {
        let longest = longestDays * 86_400
        guard let unit = text.last, let count = Int(text.dropLast()), (0...longest).contains(count) else { return nil }
        let seconds: Int
        switch unit {
        case "s": seconds = 1
        case "m": seconds = 60
        case "h": seconds = 3_600
        case "d": seconds = 86_400
        default: return nil
        }
        return count * seconds <= longest ? .seconds(count * seconds) : nil
    }
}
