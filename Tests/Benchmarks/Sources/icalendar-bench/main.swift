import Foundation

// usage: icalendar-bench                    generate a file, measure in turns, print the medians
//        icalendar-bench generate FILE N    write a calendar of N events
//        icalendar-bench WORK FILE          one measurement: read, scan, parse, events, expand

let arguments = CommandLine.arguments.dropFirst()

do {
    switch (arguments.first, arguments.count) {
    case (nil, _): try CalendarComparison().run()
    case ("generate", 3):
        guard let count = Int(arguments[arguments.startIndex + 2]) else { exit(64) }
        try CalendarComparison.generate(arguments[arguments.startIndex + 1], events: count)
    case (let word?, 2):
        guard let work = Work(rawValue: word) else { exit(64) }
        print(try work.run(arguments[arguments.startIndex + 1]).line)
    case (_, _): exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
