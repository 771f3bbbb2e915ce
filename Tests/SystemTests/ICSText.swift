/// The smallest calendar that books a room.
enum ICSText {
    static func calendar(
        start: String, end: String, room: String, uid: String = "one@example.org", owner: String = "ann@example.org"
    ) -> String {
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Bookwatch//Test//EN
        BEGIN:VEVENT
        UID:\(uid)
        DTSTAMP:20261101T000000Z
        CREATED:20261101T000000Z
        DTSTART:\(start)
        DTEND:\(end)
        SUMMARY:Meeting
        ORGANIZER:mailto:\(owner)
        LOCATION:https://meet.example.org/\(room)
        END:VEVENT
        END:VCALENDAR

        """.replacing("\n", with: "\r\n")
    }
}
