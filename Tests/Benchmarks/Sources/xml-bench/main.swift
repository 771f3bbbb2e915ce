import Foundation

// usage: xml-bench                        generate files, measure in turns, print the medians
//        xml-bench generate FORM FILE N   write a file of N bookings; FORM is xcal or native
//        xml-bench read FILE              one measurement: from bytes to bookings; prints how many
//        xml-bench idle                   the process without work, for its memory

let arguments = CommandLine.arguments.dropFirst().map { $0 }

do {
    switch (arguments.first, arguments.count) {
    case (nil, _): try XMLComparison().run()
    case ("generate", 4):
        guard let form = ExportForm(rawValue: arguments[1]), let count = Int(arguments[3]) else { exit(64) }
        try form.write(to: arguments[2], bookings: count)
    case ("read", 2): print(try XMLWork.read(arguments[1]))
    case ("idle", 1): print(0)
    case (_, _): exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
