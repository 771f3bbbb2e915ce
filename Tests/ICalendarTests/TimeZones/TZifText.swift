/// TZif files for tests, small enough to be seen through.
enum TZifText {
    /// A version 2 file without transitions of its own: one type (UTC+1), and the footer. All bytes are ASCII.
    static func file(footer: String) -> String { String(decoding: bytes(footer: footer), as: UTF8.self) }

    /// The same with a transition to that one type, where one is wanted.
    static func bytes(footer: String, transition: Int64? = nil) -> [UInt8] {
        let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        func counts(_ transitions: UInt8) -> [UInt8] {
            [0, 0, 0, transitions, 1, 4].flatMap { [0, 0, 0, $0] as [UInt8] }
        }
        let types: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
        let narrow: [UInt8] = header + counts(0) + types
        let end = Array("\n\(footer)\n".utf8)
        guard let transition else { return narrow + narrow + end }
        let instant: [UInt8] = (0..<8).map { UInt8(truncatingIfNeeded: transition >> (56 - 8 * $0)) }
        let wide: [UInt8] = header + counts(1) + instant + [0]
        return narrow + wide + types + end
    }
}
