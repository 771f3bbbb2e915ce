import Glibc

/// Whole files with plain `read(2)` and `write(2)`, so that what is measured is not a framework.
enum File {
    struct Failure: Error {
        let what: String
        let code: Int32
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Failure(what: "open \(path)", code: errno) }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        lseek(descriptor, 0, SEEK_SET)
        return try unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size, let base = buffer.baseAddress {
                let got = unsafe read(descriptor, base + count, size - count)
                guard got > 0 else { throw Failure(what: "read \(path)", code: errno) }
                count += got
            }
        }
    }

    static func append(_ bytes: [UInt8], to descriptor: Int32) throws {
        var written = 0
        while written < bytes.count {
            let got = unsafe bytes.withUnsafeBytes { buffer -> Int in
                guard let base = buffer.baseAddress else { return 0 }
                return unsafe write(descriptor, base + written, bytes.count - written)
            }
            guard got > 0 else { throw Failure(what: "write", code: errno) }
            written += got
        }
    }
}
