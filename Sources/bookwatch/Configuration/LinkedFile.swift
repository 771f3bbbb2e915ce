import Foundation

/// A file that may be named by a link, and need not be there yet.
enum LinkedFile {
    /// As the kernel: more links than that lead in a circle.
    private static let longestChain = 40

    /// Where the file at `path` is, or will be made.
    static func place(of path: String) -> String {
        var place = URL(fileURLWithPath: path, isDirectory: false)
        for _ in 0..<longestChain {
            guard let target = target(ofLinkAt: place) else { break }
            place = target
        }
        return place.path
    }

    private static func target(ofLinkAt link: URL) -> URL? {
        do {
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: link.path)
            return URL(
                fileURLWithPath: target, isDirectory: false,
                relativeTo: link.deletingLastPathComponent()
            ).absoluteURL
        } catch {
            // It is no link, or nothing.
            return nil
        }
    }
}
