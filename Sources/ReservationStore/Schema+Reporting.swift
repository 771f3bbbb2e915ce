/// What the reports tell already, so that a pass writes no more than it has changed, and a crash in between loses none.
extension Schema {
    static let unchangedExports = """
        ALTER TABLE export ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0; -- 1 where its content brings nothing new
        """

    static let copies = """
        ALTER TABLE generation ADD COLUMN copies TEXT NOT NULL DEFAULT '{}'; -- JSON: directory of copies by source
        """

    static let reporting = """
        ALTER TABLE generation ADD COLUMN reported INTEGER NOT NULL DEFAULT 0; -- the generation that reports tell
        ALTER TABLE generation ADD COLUMN reportedExpiry INTEGER NOT NULL DEFAULT 0; -- the last expiry that they tell
        ALTER TABLE generation ADD COLUMN reportedBy TEXT;   -- by which settings; NULL when not all could be written
        ALTER TABLE export ADD COLUMN changedIn INTEGER NOT NULL DEFAULT 0; -- the generation
        ALTER TABLE export ADD COLUMN report TEXT;           -- JSON: verdict and counts of its last report
        CREATE INDEX changed_export ON export (changedIn);
        CREATE INDEX reservation_of_generation ON reservation (since); -- what has come since the last report
        CREATE INDEX declined_reservation ON reservation (startsAt) WHERE verdict = 'declined';
        """
}
