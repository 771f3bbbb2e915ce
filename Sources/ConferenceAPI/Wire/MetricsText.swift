import Foundation
import ReservationStore

/// Numbers for monitoring in the text format of Prometheus, version 0.0.4.
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    init(_ metrics: StoreMetrics) {
        add("bookwatch_store_damaged", "Whether a check of the store has found damage.", metrics.isDamaged ? 1 : 0)
        guard !metrics.isDamaged else { return }
        add("bookwatch_ready", "Whether a pass was completed, ever.", metrics.passedAt == nil ? 0 : 1)
        if let passedAt = metrics.passedAt {
            add(
                "bookwatch_last_pass_timestamp_seconds", "When exports changed what is served last, since 1970.",
                Int(passedAt.timeIntervalSince1970))
        }
        add("bookwatch_open_conferences", "Rooms that are open now.", metrics.openConferences)
        add(
            "bookwatch_store_refused_writes_total",
            "Writes that the disk has not taken since the start: it is full, broken or read-only.", .counter,
            of: [([], metrics.refusedWrites)])
        let sources = metrics.sources.sorted { $0.key < $1.key }
        add(
            "bookwatch_source_held_withdrawals", "Withdrawals that wait until the operator accepts them (SRC010).",
            of: sources.map { ([("source", $0.key)], $0.value.held) })
        add(
            "bookwatch_source_unusable_exports", "Exports whose content cannot be used; an older one is in force.",
            of: sources.map { ([("source", $0.key)], $0.value.unusable) })
        add(
            "bookwatch_source_faults", "What is wrong with the directory of a source, by code; SRC008 is staleness.",
            of: sources.flatMap { source, values in
                values.faults.sorted { $0.key < $1.key }.map { ([("source", source), ("code", $0.key)], $0.value) }
            })
    }

    private mutating func add(_ name: String, _ help: String, _ value: Int) { add(name, help, of: [([], value)]) }

    private enum Kind: String {
        case gauge, counter
    }

    private mutating func add(
        _ name: String, _ help: String, _ kind: Kind = .gauge, of values: [(labels: [Label], Int)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in values { text += "\(name)\(Self.written(labels)) \(value)\n" }
    }

    private typealias Label = (name: String, value: String)

    private static func written(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let all = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
        return "{\(all.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        // By scalars: a line end of two is one character.
        value.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(scalar)
            }
        }.joined()
    }
}
