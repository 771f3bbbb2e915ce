import BookingXML
import Foundation
import Testing

@Suite("The schema of the native vocabulary", .enabled(if: xmllint != nil, "no xmllint: install libxml2-utils"))
struct SchemaTests {
    @Test("xmllint and our reader agree on each sample", arguments: Samples.files(in: "native-xml"))
    func agreement(file: URL) throws {
        let reading = try Reading(file: file)
        #expect(try isValid(file) == reading.codes.isEmpty, "\(reading.codes)")
    }

    private func isValid(_ file: URL) throws -> Bool {
        let process = Process()
        process.executableURL = xmllint
        process.arguments = ["--nonet", "--noout", "--schema", schema.path, file.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

private let xmllint: URL? = {
    let places = ["/usr/bin/xmllint", "/usr/local/bin/xmllint", "/opt/homebrew/bin/xmllint"]
    return places.first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }
}()

private let schema = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/BookingXML/Schema/bookings.xsd")
