/// What is held, visible by generation as bookings are: there may be as many rows of it as of those.
extension Schema {
    static let holding = """
        ALTER TABLE held RENAME TO holding;
        ALTER TABLE holding ADD COLUMN begins INTEGER NOT NULL DEFAULT 0;            -- the generations that see it
        ALTER TABLE holding ADD COLUMN ends   INTEGER NOT NULL DEFAULT \(forever);
        CREATE INDEX holding_of_generation ON holding (begins);
        CREATE INDEX ended_holding ON holding (ends) WHERE ends < \(forever);
        CREATE VIEW held AS
            SELECT booking, source, since, accepted FROM holding, generation WHERE begins <= current AND ends > current;
        """
}
