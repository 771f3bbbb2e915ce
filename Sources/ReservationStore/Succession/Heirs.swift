/// To which source an export belongs whose own source is not configured any more: the one whose directory it lies in.
struct Heirs {
    private let directories: [(source: String, directory: String)]

    /// - Parameter directories: by source, as absolute paths.
    init(_ directories: [String: String]) {
        // The innermost first; of several sources in one directory the first by name.
        self.directories = directories.map { ($0.key, Self.asParent($0.value)) }
            .sorted { ($1.directory.utf8.count, $0.source) < ($0.directory.utf8.count, $1.source) }
    }

    /// The name of the export at `path` in the directory `former`; `nil` where that is in no source's any more.
    func export(at path: String, in former: String) -> ExportName? {
        let place = Self.asParent(former) + path
        let heir = directories.first { place.utf8.starts(with: $0.directory.utf8) }
        return heir.flatMap { heir in
            String(place.utf8.dropFirst(heir.directory.utf8.count)).map { ExportName(source: heir.source, path: $0) }
        }
    }

    /// `former` with the new names of those that have another one, and are what they were but for that.
    ///
    /// - Parameter isNew: whether there was no source of that name before.
    func naming(_ former: [FormerSource], isNew: (String) -> Bool) -> [FormerSource] {
        former.map { place in
            var place = place
            let directory = Self.asParent(place.directory)
            let heir = directories.first { $0.directory.utf8.elementsEqual(directory.utf8) }?.source
            let inside = (former.map { Self.asParent($0.directory) } + directories.map(\.directory))
                .count { $0.utf8.starts(with: directory.utf8) }
            // Itself, and its heir.
            if let heir, isNew(heir), inside == 2 { place.newName = heir }
            return place
        }
    }

    private static func asParent(_ directory: String) -> String {
        directory.utf8.last == UInt8(ascii: "/") ? directory : "\(directory)/"
    }
}
