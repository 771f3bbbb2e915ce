import DirectoryWatch
import Testing

@Suite("Names of exports")
struct ExportNamesTests {
    @Test(
        "Calendars and XML are looked at, in any case of letters",
        arguments: [
            "team.ics", "TEAM.ICS", "a.b.ical", "free.ifb", "schedule.Xml", "x.xcs", "größe büro.ics", "~a.ics",
        ])
    func accepted(name: String) {
        #expect(ExportNames.acceptsFile(name))
    }

    @Test(
        "Hidden, half-made, foreign and our own files are not",
        arguments: [
            "", ".ics", ".team.ics", "team.ics~", "team.ics.tmp", "team.ics.part", "team.ics.partial",
            "team.ics.filepart",
            ".team.ics.swp", "team.ics.crdownload", "team.txt", "ics", "team.", "team.ics.PART", "hr.ics.report.xml",
        ])
    func refused(name: String) {
        #expect(!ExportNames.acceptsFile(name))
    }

    @Test(
        "Directories are entered unless hidden or half-made",
        arguments: [
            ("hr", true), ("2026.11", true), (".git", false), ("upload.part", false), ("old~", false), ("..", false),
            ("lost+found", false), ("lost", true),
        ])
    func directories(name: String, entered: Bool) {
        #expect(ExportNames.acceptsDirectory(name) == entered)
    }
}
