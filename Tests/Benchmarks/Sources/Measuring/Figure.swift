import Foundation

/// One line of a benchmark's output, which the recorder puts into `bench.json`.
///
///     icalendar-parse ours=0.250s peer=4.000s ratio=16.0
public struct Figure: Hashable, Sendable {
    public let name: String
    /// What it costs us, and what it costs the peer, in `unit`: less is better.
    public let ours: Double
    public let peer: Double
    public let unit: String

    public init(_ name: String, ours: Double, peer: Double, unit: String = "s") {
        self.name = name
        self.ours = ours
        self.peer = peer
        self.unit = unit
    }

    /// Processor time.
    public init(_ name: String, ours: Cost, peer: Cost) {
        self.init(name, ours: ours.cpuSeconds, peer: peer.cpuSeconds)
    }

    /// The peer's cost divided by ours: more is better.
    public var ratio: Double { peer / ours }

    public func printLine() { print(line) }

    var line: String {
        "\(name) ours=\(Self.text(ours))\(unit) peer=\(Self.text(peer))\(unit) ratio=\(String(format: ratio < 1 ? "%.3f" : "%.1f", ratio))"
    }

    /// Reads such a line; `nil` for any other.
    public init?(line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 4, let ours = Self.value(words[1], "ours="), let peer = Self.value(words[2], "peer="),
            words[3].hasPrefix("ratio="), ours.unit == peer.unit
        else { return nil }
        self.init(words[0], ours: ours.number, peer: peer.number, unit: ours.unit)
    }

    private static func value(_ word: String, _ prefix: String) -> (number: Double, unit: String)? {
        guard word.hasPrefix(prefix) else { return nil }
        let value = word.dropFirst(prefix.count)
        let digits = value.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits), number > 0 else { return nil }
        return (number, String(value.dropFirst(digits.count)))
    }

    /// Four digits that count.
    private static func text(_ number: Double) -> String {
        switch number {
        case 1_000...: String(format: "%.0f", number)
        case 100...: String(format: "%.1f", number)
        case 10...: String(format: "%.2f", number)
        case 1...: String(format: "%.3f", number)
        case 0.001...: String(format: "%.4f", number)
        default: String(format: "%.9f", number)
        }
    }
}

/// A single figure, or whatever else belongs beside the ratios: the recorder passes it by.
public func note(_ text: String) { print("# \(text)") }
