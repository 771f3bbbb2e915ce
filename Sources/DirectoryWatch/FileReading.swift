import Crypto
import Glibc

/// What a settled file contains: exactly the bytes that were hashed.
package struct FileContent: Sendable {
    package let bytes: [UInt8]
    /// SHA-256 in lower-case hexadecimal.
    package let sha256: String
    package let stamp: FileStamp
}

/// Reads files that somebody else may be writing, replacing or removing.
package enum FileReading {
    /// Bytes per call to the system, and per step of the hash.
    private static let chunk = 1 << 20

    /// The stamp of `path`, relative to `root`, now; for the looks of `Settling`.
    package static func stamp(of path: String, below root: WatchedRoot) throws(SourceFault) -> FileStamp {
        try FilePlace.find(path, below: root).stamp()
    }

    /// At most `count` of the first bytes of `path`, if it is `settled` before they are read.
    package static func head(
        _ path: String, below root: WatchedRoot, settled: FileStamp, count: Int
    ) throws(SourceFault) -> [UInt8] {
        let place = try FilePlace.find(path, below: root)
        guard try place.stamp() == settled else { throw .changing }
        let file = try place.directory.file(place.name)
        var head = [UInt8](repeating: 0, count: count)
        var size = 0
        while size < count {
            let got = unsafe head.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(file.number, bytes.baseAddress.map { unsafe $0 + size }, count - size)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw SourceFault(errno: errno) }
            guard got > 0 else { break }
            size += got
        }
        return Array(head.prefix(size))
    }

    /// The content of `path`, if it is `settled` before and after it is read.
    ///
    /// Blocks for as long as the disk takes. Takes memory for the file's size, never more than `limit` bytes and one.
    /// - Throws: `.changing` if the file grew, shrank, or was replaced meanwhile: it has to settle anew.
    package static func read(
        _ path: String, below root: WatchedRoot, settled: FileStamp, limit: Int64
    ) throws(SourceFault) -> FileContent {
        try read(path, below: root, settled: settled, limit: limit, beforeLastLook: {})
    }

    /// The hash of `path`, whose bytes go to `piece` one after the other, if it is `settled` before and afterwards.
    ///
    /// Blocks for as long as the disk takes, and takes little memory. What `piece` made of the bytes counts only when
    /// this returns.
    /// - Throws: `.changing` as `read` does.
    package static func stream(
        _ path: String, below root: WatchedRoot, settled: FileStamp, limit: Int64, piece: (Span<UInt8>) -> Void
    ) throws(SourceFault) -> String {
        let place = try FilePlace.find(path, below: root)
        guard try place.stamp() == settled else { throw .changing }
        guard settled.size <= limit else { throw .tooLarge(bytes: settled.size, limit: limit) }

        let file = try place.directory.file(place.name)
        guard try FileStamp(file.status()) == settled else { throw .changing }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: chunk)
        var size: Int64 = 0
        while true {
            let got = unsafe Glibc.read(file.number, &buffer, buffer.count)
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw SourceFault(errno: errno) }
            guard got > 0 else { break }
            size += Int64(got)
            guard size <= settled.size else { throw .changing }
            unsafe buffer.withUnsafeBytes { all in
                unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: all[..<got]))
            }
            piece(buffer.span.extracting(0..<got))
        }
        guard size == settled.size, try place.stamp() == settled, try FileStamp(file.status()) == settled else {
            throw .changing
        }
        return hexadecimal(hash.finalize())
    }

    /// - Parameter beforeLastLook: called when the bytes are read; tests change the file there.
    static func read(
        _ path: String, below root: WatchedRoot, settled: FileStamp, limit: Int64, beforeLastLook: () -> Void
    ) throws(SourceFault) -> FileContent {
        let place = try FilePlace.find(path, below: root)
        // Asked before opening: opening a device can have effects.
        guard try place.stamp() == settled else { throw .changing }
        guard settled.size <= limit else { throw .tooLarge(bytes: settled.size, limit: limit) }

        let file = try place.directory.file(place.name)
        guard try FileStamp(file.status()) == settled else { throw .changing }
        var hash = SHA256()
        let bytes = try bytes(of: file, expecting: Int(settled.size), hashedBy: &hash)
        beforeLastLook()
        guard try place.stamp() == settled, try FileStamp(file.status()) == settled else { throw .changing }
        return FileContent(bytes: bytes, sha256: hexadecimal(hash.finalize()), stamp: settled)
    }

    private static func bytes(
        of file: borrowing OpenDescriptor, expecting size: Int, hashedBy hash: inout SHA256
    ) throws(SourceFault) -> [UInt8] {
        let number = file.number
        var fault: SourceFault?
        // One byte more than expected, so that growth shows.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            unsafe UnsafeMutableRawBufferPointer(buffer).populate()
            while count <= size {
                let part = unsafe UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(rebasing: buffer[count..<min(count + chunk, size + 1)]))
                let got = unsafe Glibc.read(number, part.baseAddress, part.count)
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else {
                    fault = SourceFault(errno: errno)
                    return
                }
                guard got > 0 else { return }
                unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: part[..<got]))
                count += got
            }
        }
        if let fault { throw fault }
        guard bytes.count == size else { throw .changing }
        return bytes
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * SHA256.byteCount)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
