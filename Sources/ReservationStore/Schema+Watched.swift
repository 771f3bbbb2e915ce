/// What the daemon watches, whether or not an export ever came from there.
extension Schema {
    static let watched = """
        CREATE TABLE watched (
            source    TEXT NOT NULL PRIMARY KEY CHECK (source <> ''),
            directory TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
}
