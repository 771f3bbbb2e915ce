/// Lengths as operators write them: a whole number and one unit, `s`, `m`, `h` or `d`.
enum DurationText {
    /// `nil` for anything else, and for more than 10,000 days.
    static func parse(_ text: String) -> Duration? {
        guard let unit = text.last, let count = Int(text.dropLast()), (0...864_000_000).contains(count) else {
            return nil
        }
        let seconds: Int
        switch unit {
        case "s": seconds = 1
        case "m": seconds = 60
        case "h": seconds = 3_600
        case "d": seconds = 86_400
        default: return nil
        }
        let length = Duration.seconds(count * seconds)
        return length <= .seconds(10_000 * 86_400) ? length : nil
    }
}
