import Diagnostics
import Reservations
import Yams

/// One mapping of a YAML file whose keys are all known beforehand: what is misspelt or of the wrong kind is a finding
/// with a line (CFG001, CFG002), never silently a default.
final class StrictMapping {
    private let nodes: [(key: Node, value: Node)]
    private let path: String
    private let findings: ConfigurationFindings
    private var known: [String] = []

    /// `nil` (and a finding) unless `node` is a mapping; a missing or empty node is an empty mapping.
    init?(_ node: Node?, path: String, findings: ConfigurationFindings) {
        self.path = path
        self.findings = findings
        switch node {
        case .mapping(let mapping): nodes = mapping.map { ($0.key, $0.value) }
        case nil: nodes = []
        case .some(let other) where other.null != nil: nodes = []
        case .some(let other):
            findings.badValue(at: other, "'\(path)' must be a mapping of keys to values")
            return nil
        }
    }

    func node(_ key: String) -> Node? {
        known.append(key)
        return nodes.first { $0.key.string == key }?.value
    }

    func section(_ key: String) -> StrictMapping? {
        StrictMapping(node(key), path: path.isEmpty ? key : "\(path).\(key)", findings: findings)
    }

    func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            findings.badValue(at: node, "'\(name(key))' must be a text")
            return nil
        }
        return scalar.string
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(key) else { return nil }
        guard let value = node.int, range.contains(value) else {
            findings.badValue(
                at: node, "'\(name(key))' must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
            return nil
        }
        return value
    }

    func boolean(_ key: String) -> Bool? {
        guard let node = node(key) else { return nil }
        guard let value = node.bool else {
            findings.badValue(at: node, "'\(name(key))' must be true or false")
            return nil
        }
        return value
    }

    /// A length such as `10m`, `1h`, `400d`, `0s`.
    func duration(_ key: String) -> Duration? {
        guard let node = node(key) else { return nil }
        guard let value = node.scalar.flatMap({ DurationText.parse($0.string) }) else {
            findings.badValue(
                at: node,
                "'\(name(key))' must be a length such as 30s, 10m, 2h or 1d, of at most \(DurationText.longestDays)d")
            return nil
        }
        return value
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice? where Choice.RawValue == String {
        guard let node = node(key) else { return nil }
        guard let value = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            findings.badValue(at: node, "'\(name(key))' must be one of \(choices)")
            return nil
        }
        return value
    }

    func choices<Choice: RawRepresentable & CaseIterable>(_ key: String) -> [Choice]? where Choice.RawValue == String {
        guard let node = node(key) else { return nil }
        let texts = node.scalar.map { [$0.string] } ?? node.sequence.map { $0.map { $0.scalar?.string ?? "" } } ?? []
        let values = texts.compactMap(Choice.init(rawValue:))
        guard !values.isEmpty, values.count == texts.count else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            findings.badValue(at: node, "'\(name(key))' must be a list of \(choices)")
            return nil
        }
        return values
    }

    /// A list of texts; a single text is a list of one.
    func texts(_ key: String) -> [String]? {
        guard let node = node(key) else { return nil }
        if let scalar = node.scalar, !scalar.string.isEmpty { return [scalar.string] }
        guard let items = node.sequence, items.allSatisfy({ $0.scalar != nil }) else {
            findings.badValue(at: node, "'\(name(key))' must be a list of texts")
            return nil
        }
        return items.compactMap(\.scalar?.string)
    }

    /// Keys and values that are both texts of the operator's own choosing.
    func table(_ key: String) -> [String: String]? {
        guard let node = node(key) else { return nil }
        return Self.table(node, name: "'\(name(key))'", findings: findings)
    }

    /// A whole file of such keys and values.
    static func table(
        _ node: Node?, name: String = "the file", findings: ConfigurationFindings
    ) -> [String: String]? {
        guard let mapping = node?.mapping, mapping.allSatisfy({ $0.key.scalar != nil && $0.value.scalar != nil }) else {
            findings.badValue(at: node, "\(name) must map texts to texts")
            return nil
        }
        return Dictionary(
            mapping.compactMap { pair in
                pair.key.scalar.flatMap { key in pair.value.scalar.map { (key.string, $0.string) } }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    func list(_ key: String) -> [StrictMapping]? {
        guard let node = node(key) else { return nil }
        guard let items = node.sequence else {
            findings.badValue(at: node, "'\(name(key))' must be a list")
            return nil
        }
        return items.enumerated().compactMap { index, item in
            StrictMapping(item, path: "\(name(key))[\(index)]", findings: findings)
        }
    }

    /// A finding for each key that nobody asked for, and for each that stands there twice.
    func finish() {
        var seen: Set<String> = []
        for (node, _) in nodes {
            let key = node.string ?? ""
            if !known.contains(key) {
                findings.unknownKey(at: node, name(key), nearest: Spelling.nearest(to: key, among: known))
            } else if !seen.insert(key).inserted {
                findings.badValue(at: node, "'\(name(key))' stands there twice")
            }
        }
    }

    func missing(_ key: String, at place: Node?) {
        findings.badValue(at: place ?? nodes.first?.key, "'\(name(key))' is missing")
    }

    private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

/// The findings of one configuration file, in the order in which they were met.
final class ConfigurationFindings {
    private(set) var all: [Diagnostic] = []
    private let file: String

    init(file: String) { self.file = file }

    func badValue(at node: Node?, _ message: String) {
        all.append(Diagnostic(.badValue, file: file, line: node?.mark?.line, message))
    }

    func add(_ finding: Diagnostic) { all.append(finding) }

    func unknownKey(at node: Node, _ name: String, nearest: String?) {
        let hint = nearest.map { "Did you mean '\($0)'?" }
        all.append(Diagnostic(.unknownKey, file: file, line: node.mark?.line, "unknown key '\(name)'", hint: hint))
    }
}
