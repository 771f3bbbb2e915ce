/// A source's directory, and what of it counts.
package struct WatchedRoot: Hashable, Sendable {
    /// As the operator wrote it; may itself be a symbolic link.
    package var path: String
    /// Directories below the root, as relative paths, that are never entered: our own reports.
    package var excluded: Set<String>
    package var limits: Limits

    package struct Limits: Hashable, Sendable {
        /// Directories below the root.
        package var depth = 16
        /// Exports in one root.
        package var entries = 2_000_000

        package init() {}
    }

    package init(_ path: String, excluding excluded: Set<String> = [], limits: Limits = Limits()) {
        self.path = path
        self.excluded = excluded
        self.limits = limits
    }

    /// Whether the directory `name` in `parent` is entered; `parent` is relative to the root, empty for the root.
    func enters(_ name: String, in parent: String) -> Bool {
        ExportNames.acceptsDirectory(name) && !excluded.contains(Self.join(parent, name))
    }

    /// `name` in the relative directory `parent`.
    static func join(_ parent: String, _ name: String) -> String { parent.isEmpty ? name : "\(parent)/\(name)" }

    /// The directories in which `path`, relative to the root, lies; the root itself is not among them.
    package static func ancestors(of path: String) -> some Sequence<String> {
        path.utf8.indices.lazy.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
    }
}
