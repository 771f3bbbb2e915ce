import Glibc

/// One event as the kernel writes it (inotify(7)).
struct InotifyEvent: Hashable {
    struct Mask: OptionSet, Hashable {
        let rawValue: UInt32

        static let attributes = Mask(rawValue: UInt32(IN_ATTRIB))
        static let written = Mask(rawValue: UInt32(IN_CLOSE_WRITE))
        static let movedFrom = Mask(rawValue: UInt32(IN_MOVED_FROM))
        static let movedTo = Mask(rawValue: UInt32(IN_MOVED_TO))
        /// Alone when a hard link is made: nothing is closed then.
        static let created = Mask(rawValue: UInt32(IN_CREATE))
        static let deleted = Mask(rawValue: UInt32(IN_DELETE))
        static let selfDeleted = Mask(rawValue: UInt32(IN_DELETE_SELF))
        static let selfMoved = Mask(rawValue: UInt32(IN_MOVE_SELF))

        // Sent unasked.
        static let unmounted = Mask(rawValue: UInt32(IN_UNMOUNT))
        static let overflow = Mask(rawValue: UInt32(IN_Q_OVERFLOW))
        static let watchEnded = Mask(rawValue: UInt32(IN_IGNORED))
        static let aboutDirectory = Mask(rawValue: UInt32(IN_ISDIR))

        static let asked: Mask = [
            .attributes, .written, .movedFrom, .movedTo, .created, .deleted, .selfDeleted, .selfMoved,
        ]
    }

    /// Which watch it comes from; −1 for an overflow of the queue.
    let watch: Int32
    let mask: Mask
    /// The entry of the watched directory; empty for an event about the directory itself.
    let name: String

    /// The events in `bytes`: `int wd; uint32_t mask, cookie, len; char name[len]`, the name padded with NULs.
    static func events(in bytes: Span<UInt8>) -> [InotifyEvent] {
        let header = 16
        var events: [InotifyEvent] = []
        var offset = 0
        while offset + header <= bytes.count {
            let length = Int(bytes.word(at: offset + 12))
            let end = offset + header + length
            guard end <= bytes.count else { break }
            var name: [UInt8] = []
            for index in offset + header..<end where bytes[index] != 0 { name.append(bytes[index]) }
            events.append(
                InotifyEvent(
                    watch: Int32(bitPattern: bytes.word(at: offset)),
                    mask: Mask(rawValue: bytes.word(at: offset + 4)),
                    name: String(decoding: name, as: UTF8.self)
                ))
            offset = end
        }
        return events
    }
}

extension Span<UInt8> {
    /// The word at `offset` in the machine's own order of bytes.
    fileprivate func word(at offset: Int) -> UInt32 {
        UInt32(littleEndian: (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << (8 * UInt32($1)) })
    }
}
