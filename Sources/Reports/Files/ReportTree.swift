import Foundation
package import Reservations

/// Where each report lies below the directory of reports.
package struct ReportTree: Hashable, Sendable {
    /// The directory of reports.
    package let root: String

    package init(root: String) { self.root = root }

    /// Whether a source of that name has a folder of its own in the tree, beside what is written for all sources.
    package static func hasFolder(forSource name: String) -> Bool {
        let folders = ["expiries", "rooms", "usage"]
        let isFile = ["index.", "conflicts.", "events."].contains { name.hasPrefix($0) }
        return !isFile && !folders.contains(name)
    }

    package func index(_ format: ReportFormat) -> ReportFile { file("index", format.fileExtension) }

    package func conflicts(_ format: ReportFormat) -> ReportFile { file("conflicts", format.fileExtension) }

    /// - Parameter path: of the export below its source's directory.
    package func report(of source: String, export path: String, _ format: ReportFormat) -> ReportFile {
        let (folders, name) = Self.parts(of: path)
        return ReportFile(name, fileExtension: "report.\(format.fileExtension)", below: [source] + folders, in: root)
    }

    /// The copy of a report, in the directory that the sender of the source can read.
    package static func copy(in directory: String, export path: String, _ format: ReportFormat) -> ReportFile {
        let (folders, name) = parts(of: path)
        return ReportFile(name, fileExtension: "report.\(format.fileExtension)", below: folders, in: directory)
    }

    /// The formats in which the expiries of a day are written.
    package static let dayFormats: [ReportFormat] = [.xml, .json, .csv]

    package func expiries(_ day: LocalDay, _ format: ReportFormat) -> ReportFile {
        ReportFile(day.text, fileExtension: format.fileExtension, below: ["expiries"], in: root)
    }

    package func usage(month: String) -> ReportFile {
        ReportFile(month, fileExtension: "csv", below: ["usage"], in: root)
    }

    package func freeBusy(_ room: RoomName) -> ReportFile {
        ReportFile(room.fileText, fileExtension: "ifb", below: ["rooms"], in: root)
    }

    /// - Parameter uid: any text, and longer than a name of a file may be.
    package func reply(to uid: String, of source: String, from room: RoomName) -> ReportFile {
        ReportFile(Self.replyName(uid, room), fileExtension: "ics", below: [source, "replies"], in: root)
    }

    /// The copy of a reply, in the directory that the sender of the source can read.
    package static func replyCopy(in directory: String, to uid: String, from room: RoomName) -> ReportFile {
        ReportFile(replyName(uid, room), fileExtension: "ics", below: ["replies"], in: directory)
    }

    private static func replyName(_ uid: String, _ room: RoomName) -> String {
        SafeFileName.mark(of: "\(room.text) \(uid)")
    }

    package var events: EventLog { EventLog(in: root) }

    private func file(_ name: String, _ suffix: String) -> ReportFile {
        ReportFile(name, fileExtension: suffix, in: root)
    }

    private static func parts(of path: String) -> (folders: [String], name: String) {
        let names = path.split(separator: "/").map(String.init)
        return (Array(names.dropLast()), names.last ?? path)
    }
}

extension RoomName {
    /// Readable, and another text for another room: decoded, unless that could be the text of another one.
    fileprivate var fileText: String {
        let isPlain = !["%25", "%5b", "%5d"].contains { text.contains($0) }
        return isPlain ? text.removingPercentEncoding ?? text : text
    }
}
