/// TZif files for tests, small enough to be seen through.
enum TZifText {
    /// A version 2 file without transitions of its own: one type (UTC+1), and the footer. All bytes are ASCII.
    static func file(footer: String) -> String { String(decoding: bytes(footer: footer), as: UTF8.self) }

    static func bytes(footer: String) -> [UInt8] {
        let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        let counts = [0, 0, 0, 0, 1, 4].flatMap { [0, 0, 0, $0] as [UInt8] }
        let types = [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
        let block = header + counts + types
        return block + block + Array("\n\(footer)\n".utf8)
    }
}
