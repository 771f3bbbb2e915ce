import BookingXML
import Diagnostics
import ICalendar
import Yams

/// Reads the YAML of a mapping strictly: each part is compiled at once, and what is wrong is told with its line.
struct MappingReader {
    private let findings: ConfigurationFindings
    private let table: (String) throws(BadConfiguration) -> String

    /// - Parameters:
    ///   - file: how diagnostics call it.
    ///   - table: the text of the file with this name, which is relative to the mapping's.
    /// - Throws: `BadConfiguration` with every finding, in order of line.
    static func read(
        _ text: String, file: String, table: (String) throws(BadConfiguration) -> String
    ) throws(BadConfiguration) -> XMLMapping {
        let findings = ConfigurationFindings(file: file)
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw BadConfiguration([Diagnostic(unreadableYAML: error, file: file)])
        }
        let mapping = try withoutActuallyEscaping(table) { (table) throws(BadConfiguration) in
            StrictMapping(root, path: "", findings: findings)
                .flatMap { MappingReader(findings: findings, table: table).mapping($0) }
        }
        guard findings.all.isEmpty, let mapping else { throw BadConfiguration(findings.all) }
        return mapping
    }

    private func mapping(_ top: StrictMapping) -> XMLMapping? {
        let name = required(top, "format")
        let namespaces = self.namespaces(top)
        let detect = top.section("detect")
        let root = detect.flatMap { section in
            required(section, "root").flatMap { text in
                checked(section.node("root")) { () throws(MappingFault) in try MappedName(text, namespaces) }
            }
        }
        detect?.finish()
        let path = required(top, "record").flatMap { text in
            checked(top.node("record")) { () throws(MappingFault) in try MappedName.path(text, namespaces) }
        }
        if let root, let path, path.first != root {
            findings.badValue(at: top.node("record"), "the path does not begin with the root element that is detected")
        }
        let each = top.text("each").flatMap { xpath($0, top.node("each"), namespaces) }
        if let each, !each.isNodes { findings.badValue(at: top.node("each"), "each gives no nodes") }
        let zone = self.zone(top)
        let mode: SnapshotMode = top.choice("mode") ?? .snapshot
        let rules = top.section("fields").map { self.rules($0, namespaces) } ?? []
        top.finish()
        guard let name, let root, let path, findings.all.isEmpty else { return nil }
        return checked(top.node("fields")) { () throws(MappingFault) in
            try XMLMapping(
                name: name, root: root, path: path, namespaces: namespaces, each: each, rules: rules, zone: zone,
                mode: mode == .changes ? .changes : .snapshot)
        }
    }

    /// Whether a file says everything, or what has changed.
    private enum SnapshotMode: String, CaseIterable { case snapshot, changes }

    private func namespaces(_ top: StrictMapping) -> MappingNamespaces {
        let uris = top.table("namespaces") ?? [:]
        return checked(top.node("namespaces")) { () throws(MappingFault) in try MappingNamespaces(uris) } ?? .none
    }

    private func zone(_ top: StrictMapping) -> String? {
        guard let zone = top.text("zone") else { return nil }
        let resolver = TimeZoneResolver(database: .system, defaultZone: .utc)
        guard resolver.resolve(zone, line: 0).diagnostic?.code != .unknownZone else {
            findings.badValue(at: top.node("zone"), "'\(zone)' is no name of a time zone, such as Europe/Berlin")
            return nil
        }
        return zone
    }

    // MARK: Fields

    private func rules(_ section: StrictMapping, _ namespaces: MappingNamespaces) -> [FieldRule] {
        let rules = MappedField.allCases.compactMap { field -> FieldRule? in
            guard section.node(field.rawValue) != nil else { return nil }
            return section.section(field.rawValue).flatMap { rule(field, $0, namespaces) }
        }
        section.finish()
        return rules
    }

    private func rule(_ field: MappedField, _ section: StrictMapping, _ namespaces: MappingNamespaces) -> FieldRule? {
        let xpath = required(section, "xpath").flatMap { self.xpath($0, section.node("xpath"), namespaces) }
        var rule = xpath.map { FieldRule(field, $0) }
        rule?.fallback = section.text("default")
        let map = self.map(section)
        rule?.map = map
        if let formats = section.texts("formats") {
            let node = section.node("formats")
            if field.isTime {
                rule?.timeFormats = formats.compactMap { format in
                    checked(node) { () throws(MappingFault) in try TimeFormat(format) }
                }
            } else if field == .duration {
                rule?.durationFormats = formats.compactMap { durationFormat($0, node) }
            } else {
                findings.badValue(at: node, "\(field.rawValue) has no formats: it is a text")
            }
        }
        section.finish()
        return rule
    }

    private func durationFormat(_ text: String, _ node: Node?) -> DurationFormat? {
        guard let format = DurationFormat(rawValue: text) else {
            let known = DurationFormat.allCases.map(\.rawValue).joined(separator: ", ")
            findings.badValue(at: node, "a format of a duration must be one of \(known)")
            return nil
        }
        return format
    }

    private func xpath(_ text: String, _ node: Node?, _ namespaces: MappingNamespaces) -> XPathExpression? {
        checked(node) { () throws(MappingFault) in try XPathExpression(text, namespaces) }
    }

    // MARK: Maps

    private enum MissingValue: String, CaseIterable { case reject, keep }

    /// A table in the mapping, or `{file: NAME}`. What is not in it is rejected, unless something else is said.
    private func map(_ section: StrictMapping) -> ValueMap? {
        let otherwise = section.text("otherwise")
        var missing: MissingValue? = section.choice("missing")
        guard let node = section.node("map") else {
            if otherwise != nil || missing != nil {
                findings.badValue(at: section.node("otherwise") ?? section.node("missing"), "there is no map for this")
            }
            return nil
        }
        var values: [String: String]?
        if node.mapping?.contains(where: { $0.key.string == "file" }) == true {
            let source = section.section("map")
            values = source?.text("file").flatMap { rows(of: $0, node) }
            missing = source?.choice("missing") ?? missing
            source?.finish()
        } else {
            values = section.table("map")
        }
        guard otherwise == nil || missing == nil else {
            findings.badValue(at: node, "one of otherwise and missing is enough")
            return nil
        }
        guard let values else { return nil }
        return checked(node) { () throws(MappingFault) in
            try ValueMap(values, missing: otherwise.map { .otherwise($0) } ?? (missing == .keep ? .keep : .reject))
        }
    }

    private func rows(of file: String, _ node: Node) -> [String: String]? {
        do throws(BadConfiguration) {
            let text = try table(file)
            let own = ConfigurationFindings(file: file)
            let rows: [String: String]?
            do {
                rows = StrictMapping.table(try Yams.compose(yaml: text), findings: own)
            } catch {
                throw BadConfiguration([Diagnostic(unreadableYAML: error, file: file)])
            }
            own.all.forEach(findings.add)
            return rows
        } catch {
            error.diagnostics.forEach(findings.add)
            return nil
        }
    }

    // MARK: Findings

    private func required(_ section: StrictMapping, _ key: String) -> String? {
        guard section.node(key) != nil else {
            section.missing(key, at: nil)
            return nil
        }
        return section.text(key)
    }

    /// `nil` for a part that is faulty, which is told at `node`.
    private func checked<Part>(_ node: Node?, _ make: () throws(MappingFault) -> Part) -> Part? {
        do throws(MappingFault) {
            return try make()
        } catch {
            findings.badValue(at: node, error.message)
            return nil
        }
    }
}
