import Foundation

/// A file that may be named by a link, and need not be there yet.
enum LinkedFile {
    /// As the kernel: more links than that lead in a circle.
    private static let longestChain = 40

    /// Where the file at `path` is, or will be made, as the kernel finds it.
    static func place(of path: String) -> String {
        var place = path
        for _ in 0..<longestChain {
            guard let target = target(ofLinkAt: place), let next = real(target) else { break }
            place = next
        }
        return place
    }

    private static func target(ofLinkAt link: String) -> String? {
        do {
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: link)
            return target.hasPrefix("/") ? target : "\(folder(of: link))/\(target)"
        } catch {
            // It is no link, or nothing.
            return nil
        }
    }

    /// With the directory as it is, whatever links lead to it; `nil` where that is not there.
    private static func real(_ path: String) -> String? {
        guard let folder = unsafe realpath(folder(of: path), nil) else { return nil }
        defer { unsafe free(folder) }
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
        return unsafe String(validatingCString: folder).map { $0 == "/" ? "/\(name)" : "\($0)/\(name)" }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
