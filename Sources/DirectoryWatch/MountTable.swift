import Glibc

/// The file systems that this process sees and where, in the form of `/proc/self/mountinfo` (proc(5)).
struct MountTable: Equatable {
    static let path = "/proc/self/mountinfo"

    struct Mount: Hashable {
        /// Unique among the mounts of one time; the next one may get it again.
        let id: Substring
        /// Major and minor number of the device.
        let device: Substring
        /// The directory of the file system that is seen at `point`.
        let root: Substring
        /// An absolute path without links.
        let point: String
        /// As in `ext4`.
        let type: Substring
    }

    let text: String

    init(_ text: String) { self.text = text }

    /// The table as it is now; `nil` where there is none to read.
    static func current() -> MountTable? {
        guard let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        // Some machines have thousands of mounts; none has 16 MiB of them.
        while bytes.count < 1 << 24 {
            let got = unsafe fread(&part, 1, part.count, file)
            guard got > 0 else { break }
            bytes += part[..<got]
        }
        return bytes.isEmpty ? nil : MountTable(String(decoding: bytes, as: UTF8.self))
    }

    /// In order of the table: a later one on the same point hides the earlier one.
    var mounts: [Mount] {
        text.split(separator: "\n").compactMap { line in
            // "36 35 98:0 /root /mount options optional… - type source superoptions"
            let fields = line.split(separator: " ")
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { return nil }
            return Mount(
                id: fields[0], device: fields[2], root: fields[3], point: Self.unescaped(fields[4]),
                type: fields[dash + 1])
        }
    }

    /// Where something was mounted, unmounted or exchanged since `earlier`.
    func points(changedSince earlier: MountTable) -> Set<String> {
        // Mostly nothing was, and equal texts are told at once.
        guard text != earlier.text else { return [] }
        return Set(Set(mounts).symmetricDifference(earlier.mounts).map(\.point))
    }

    /// Whether the absolute path `inner` is `outer` or lies below it.
    static func holds(_ outer: String, _ inner: String) -> Bool {
        outer == "/" || inner == outer || inner.utf8.starts(with: "\(outer)/".utf8)
    }

    /// The table writes white space and backslashes as three octal digits after a backslash.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(String(Substring(digits)), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
