import Testing

@Suite("Files stay small")
struct FormTests {
    @Test("No source file has more than 400 lines, none is wider than 120 columns")
    func sizes() throws {
        for file in try Checkout.swiftFiles(below: "Sources") {
            let lines = try Checkout.lines(of: file)
            #expect(lines.count <= 401, "\(file) has \(lines.count) lines")
            for (number, line) in lines.enumerated() where line.count > 120 {
                Issue.record("\(file):\(number + 1) is \(line.count) columns wide")
            }
        }
    }

    @Test("No README is wider than 120 columns, tables included")
    func readMes() throws {
        let files = try Checkout.readMes()
        #expect(files.count > 3)
        for file in files {
            for (number, line) in try Checkout.lines(of: file).enumerated() where line.count > 120 {
                Issue.record("\(file):\(number + 1) is \(line.count) columns wide")
            }
        }
    }

    @Test("What does not land stays out")
    func banned() throws {
        let banned = [
            "@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency", "Task.detached", "fatalError(", "as! ",
        ]
        for file in try Checkout.swiftFiles(below: "Sources") {
            for (number, line) in try Checkout.lines(of: file).enumerated() {
                for phrase in banned where line.contains(phrase) {
                    Issue.record("\(file):\(number + 1) says \(phrase)")
                }
            }
        }
    }
}
