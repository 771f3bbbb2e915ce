/// What the daemon watches, whether or not an export ever came from there.
extension Schema {
    static let watched = """
        CREATE TABLE watched (
            source    TEXT NOT NULL PRIMARY KEY CHECK (source <> ''),
            directory TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    /// On which disk each export lies: one that is not mounted takes no bookings with it.
    static let devices = """
        ALTER TABLE export ADD COLUMN device INTEGER; -- as stat tells it; NULL where it was never noted
        CREATE INDEX unusable_export ON export (source) WHERE inForce = 0 AND removed = 0 AND diagnostics <> '[]';
        """

    /// Which exports are on a disk that is not there, and of which of them somebody has said that it is gone for good.
    static let missingDisks = """
        ALTER TABLE export ADD COLUMN disk INTEGER NOT NULL DEFAULT 0 CHECK (disk IN (0, 1, 2)); -- StoredExport.Disk
        CREATE INDEX export_without_disk ON export (disk) WHERE disk <> 0;
        """

    /// What is wrong with a watched directory itself, for the index of reports.
    static let sourceFaults = """
        ALTER TABLE watched ADD COLUMN faults TEXT NOT NULL DEFAULT '[]'; -- JSON, as export.diagnostics
        ALTER TABLE generation ADD COLUMN sourcesChange INTEGER NOT NULL DEFAULT 0; -- counts the changes of watched
        ALTER TABLE generation ADD COLUMN reportedSourcesChange INTEGER NOT NULL DEFAULT 0; -- that reports tell
        """
}
