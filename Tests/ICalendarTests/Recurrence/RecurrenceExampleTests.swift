import Foundation
import ICalendar
import Testing

/// The examples of RFC 5545 §3.8.5.3, with what they give: nine o'clock in New York where no time is shown.
struct RecurrenceExample: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    let start: String
    /// `nil` for a rule without end.
    let count: Int?
    /// The first ones.
    let starts: [String]

    init(_ name: String, _ rule: String, from start: String, count: Int?, starts: String) {
        self.name = name
        self.rule = rule
        self.start = start
        self.count = count
        self.starts = starts.split(separator: " ").map(String.init)
    }

    var testDescription: String { "\(name): \(rule)" }
}

@Suite("The standard's examples")
struct RecurrenceExampleTests {
    /// New York as the standard's own VTIMEZONE has it for these years, so that no tz database is needed.
    private static let newYork = VTimeZone(
        identifier: "Five hours behind",
        observances: [
            observance("19870405T020000", -5, -4, "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4;UNTIL=20060402T070000Z"),
            observance("20070311T020000", -5, -4, "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
            observance("19671029T020000", -4, -5, "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20061029T060000Z"),
            observance("20071104T020000", -4, -5, "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
        ].compactMap(\.self))

    private static func observance(_ start: String, _ from: Int, _ to: Int, _ rule: String) -> VTimeZone.Observance? {
        guard case .floating(let local)? = try? VectorEvents.time(start), let rule = try? RecurrenceRule(rule.utf8)
        else { return nil }
        return VTimeZone.Observance(start: local, offsetFrom: from * 3_600, offsetTo: to * 3_600, rules: [rule])
    }

    @Test("Each gives the starts that the standard lists", arguments: RecurrenceExample.all)
    func starts(_ example: RecurrenceExample) throws {
        let zone = Self.newYork.identifier
        let resolver = TimeZoneResolver(
            database: TimeZoneDatabase(directory: "/nowhere"), vtimezones: [Self.newYork], defaultZone: .utc)
        var event = Event()
        event.start = try VectorEvents.time("\(example.start)T090000", ["TZID=\(zone)"])
        event.rules = [try RecurrenceRule(example.rule.utf8)]
        let (from, to) = try (
            Date("1990-01-01T00:00:00Z", strategy: .iso8601), Date("2040-01-01T00:00:00Z", strategy: .iso8601)
        )
        let occurrences = EventSeries(master: event).occurrences(in: from..<to, resolver: resolver)

        let wall = resolver.resolve(zone, line: 1).zone
        let walls = occurrences.prefix(example.starts.count).compactMap { wall.localTime(at: $0.start) }
        let expected = try example.starts.map { start in
            try VectorEvents.time(start.contains("T") ? "\(start)00" : "\(start)T090000")
        }
        #expect(walls.map { CalendarTime.floating($0) } == expected)
        #expect(occurrences.isEndless == (example.count == nil))
        if let count = example.count { #expect(Array(occurrences).count == count) }
    }
}

extension RecurrenceExample {
    fileprivate typealias Example = RecurrenceExample

    static let all: [RecurrenceExample] = [
        Example(
            "daily for 10", "FREQ=DAILY;COUNT=10", from: "19970902", count: 10,
            starts: "19970902 19970903 19970904 19970905 19970906 19970907 19970908 19970909"),
        Example(
            "daily until December 24", "FREQ=DAILY;UNTIL=19971224T000000Z", from: "19970902", count: 113,
            starts: "19970902 19970903 19970904 19970905 19970906 19970907 19970908 19970909"),
        Example(
            "every other day", "FREQ=DAILY;INTERVAL=2", from: "19970902", count: nil,
            starts: "19970902 19970904 19970906 19970908 19970910 19970912 19970914 19970916"),
        Example(
            "every 10 days, 5", "FREQ=DAILY;INTERVAL=10;COUNT=5", from: "19970902", count: 5,
            starts: "19970902 19970912 19970922 19971002 19971012"),
        Example(
            "every day in January for 3 years",
            "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", from: "19980101", count: 93,
            starts: "19980101 19980102 19980103 19980104 19980105 19980106 19980107 19980108"),
        Example(
            "the same", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", from: "19980101", count: 93,
            starts: "19980101 19980102 19980103 19980104 19980105 19980106 19980107 19980108"),
        Example(
            "weekly for 10", "FREQ=WEEKLY;COUNT=10", from: "19970902", count: 10,
            starts: "19970902 19970909 19970916 19970923 19970930 19971007 19971014 19971021"),
        Example(
            "weekly until", "FREQ=WEEKLY;UNTIL=19971224T000000Z", from: "19970902", count: 17,
            starts: "19970902 19970909 19970916 19970923 19970930 19971007 19971014 19971021"),
        Example(
            "every other week", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", from: "19970902", count: nil,
            starts: "19970902 19970916 19970930 19971014 19971028 19971111 19971125 19971209"),
        Example(
            "Tu Th for five weeks", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", from: "19970902",
            count: 10,
            starts: "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925"),
        Example(
            "the same", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", from: "19970902", count: 10,
            starts: "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925"),
        Example(
            "every other week MoWeFr", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            from: "19970901", count: 25,
            starts: "19970901 19970903 19970905 19970915 19970917 19970919 19970929 19971001"),
        Example(
            "every other week TuTh, 8", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", from: "19970902",
            count: 8,
            starts: "19970902 19970904 19970916 19970918 19970930 19971002 19971014 19971016"),
        Example(
            "first Friday, 10", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", from: "19970905", count: 10,
            starts: "19970905 19971003 19971107 19971205 19980102 19980206 19980306 19980403"),
        Example(
            "first Friday until", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", from: "19970905", count: 4,
            starts: "19970905 19971003 19971107 19971205"),
        Example(
            "first and last Sunday", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", from: "19970907", count: 10,
            starts: "19970907 19970928 19971102 19971130 19980104 19980125 19980301 19980329"),
        Example(
            "second to last Monday", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", from: "19970922", count: 6,
            starts: "19970922 19971020 19971117 19971222 19980119 19980216"),
        Example(
            "third to last day", "FREQ=MONTHLY;BYMONTHDAY=-3", from: "19970928", count: nil,
            starts: "19970928 19971029 19971128 19971229 19980129 19980226 19980329 19980428"),
        Example(
            "2nd and 15th", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", from: "19970902", count: 10,
            starts: "19970902 19970915 19971002 19971015 19971102 19971115 19971202 19971215"),
        Example(
            "first and last", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", from: "19970930", count: 10,
            starts: "19970930 19971001 19971031 19971101 19971130 19971201 19971231 19980101"),
        Example(
            "every 18 months", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", from: "19970910",
            count: 10,
            starts: "19970910 19970911 19970912 19970913 19970914 19970915 19990310 19990311"),
        Example(
            "Tuesdays every other month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", from: "19970902", count: nil,
            starts: "19970902 19970909 19970916 19970923 19970930 19971104 19971111 19971118"),
        Example(
            "June and July", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", from: "19970610", count: 10,
            starts: "19970610 19970710 19980610 19980710 19990610 19990710 20000610 20000710"),
        Example(
            "every other year", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", from: "19970310", count: 10,
            starts: "19970310 19990110 19990210 19990310 20010110 20010210 20010310 20030110"),
        Example(
            "days 1, 100, 200", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", from: "19970101", count: 10,
            starts: "19970101 19970410 19970719 20000101 20000409 20000718 20030101 20030410"),
        Example(
            "20th Monday", "FREQ=YEARLY;BYDAY=20MO", from: "19970519", count: nil,
            starts: "19970519 19980518 19990517 20000515 20010514 20020520 20030519 20040517"),
        Example(
            "week 20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", from: "19970512", count: nil,
            starts: "19970512 19980511 19990517 20000515 20010514 20020513 20030512 20040510"),
        Example(
            "Thursdays in March", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", from: "19970313", count: nil,
            starts: "19970313 19970320 19970327 19980305 19980312 19980319 19980326 19990304"),
        Example(
            "Thursdays in summer", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", from: "19970605", count: nil,
            starts: "19970605 19970612 19970619 19970626 19970703 19970710 19970717 19970724"),
        Example(
            "Friday 13th, start in step", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", from: "19980213", count: nil,
            starts: "19980213 19980313 19981113 19990813 20001013 20010413 20010713 20020913"),
        Example(
            "Saturday after first Sunday", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", from: "19970913",
            count: nil,
            starts: "19970913 19971011 19971108 19971213 19980110 19980207 19980307 19980411"),
        Example(
            "US election", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", from: "19961105",
            count: nil,
            starts: "19961105 20001107 20041102 20081104 20121106 20161108 20201103 20241105"),
        Example(
            "third TuWeTh", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", from: "19970904", count: 3,
            starts: "19970904 19971007 19971106"),
        Example(
            "second to last weekday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", from: "19970929", count: nil,
            starts: "19970929 19971030 19971127 19971230 19980129 19980226 19980330 19980429"),
        Example(
            "every 3 hours", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", from: "19970902", count: 2,
            starts: "19970902T0900 19970902T1200"),
        Example(
            "every 15 minutes", "FREQ=MINUTELY;INTERVAL=15;COUNT=6", from: "19970902", count: 6,
            starts: "19970902T0900 19970902T0915 19970902T0930 19970902T0945 19970902T1000 19970902T1015"),
        Example(
            "every hour and a half", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", from: "19970902", count: 4,
            starts: "19970902T0900 19970902T1030 19970902T1200 19970902T1330"),
        Example(
            "every 20 minutes 9 to 16:40", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
            from: "19970902", count: nil,
            starts: "19970902T0900 19970902T0920 19970902T0940 19970902T1000 19970902T1020 19970902T1040"),
        Example(
            "the same", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", from: "19970902", count: nil,
            starts: "19970902T0900 19970902T0920 19970902T0940 19970902T1000 19970902T1020 19970902T1040"),
        Example(
            "WKST=MO", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", from: "19970805", count: 4,
            starts: "19970805 19970810 19970819 19970824"),
        Example(
            "WKST=SU", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", from: "19970805", count: 4,
            starts: "19970805 19970817 19970819 19970831"),
        Example(
            "February 30 is ignored", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", from: "20070115", count: 5,
            starts: "20070115 20070130 20070215 20070315 20070330"),
    ]
}
