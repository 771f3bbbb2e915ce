/// Who answers an organizer for a room.
extension Schema {
    static let replies = """
        ALTER TABLE booking ADD COLUMN roomAddress TEXT; -- of the only attendee that is a room; NULL without one
        """
}
