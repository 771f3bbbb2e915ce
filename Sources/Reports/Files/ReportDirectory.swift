import Glibc

/// An open directory of reports. Below the root no link is followed, so that nobody can lead a report elsewhere.
struct ReportDirectory: ~Copyable {
    private let descriptor: Int32

    deinit { close(descriptor) }

    /// The directory at `path`, made with its parents if it is missing; links on the way are followed, since the
    /// operator named it. Recursion is as deep as the path is long.
    static func open(_ path: String) throws(FileFailure) -> ReportDirectory {
        let descriptor = unsafe Glibc.open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 { return ReportDirectory(descriptor: descriptor) }
        let names = path.split(separator: "/")
        guard errno == ENOENT, let last = names.last else { throw FileFailure("opened", errno: errno) }
        let parent = (path.hasPrefix("/") ? "/" : "") + names.dropLast().joined(separator: "/")
        return try open(parent).directory(String(last))
    }

    /// The directory `name` in this one, made if it is missing.
    func directory(_ name: String) throws(FileFailure) -> ReportDirectory {
        if unsafe mkdirat(descriptor, name, 0o755) == 0 {
            guard fsync(descriptor) == 0 else { throw FileFailure("kept", errno: errno) }
        } else if errno != EEXIST {
            throw FileFailure("made", errno: errno)
        }
        let inner = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0 else { throw FileFailure("opened", errno: errno) }
        return ReportDirectory(descriptor: inner)
    }

    /// Whether `name` is a file with exactly `bytes`.
    func holds(_ bytes: [UInt8], in name: String) throws(FileFailure) -> Bool {
        let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ELOOP { return false }
            throw FileFailure("compared", errno: errno)
        }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw FileFailure("compared", errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("replaced", errno: EEXIST) }
        guard Int(status.st_size) == bytes.count else { return false }

        var part = [UInt8](repeating: 0, count: min(1 << 16, max(1, bytes.count)))
        var compared = 0
        while compared < bytes.count {
            let got = unsafe read(file, &part, part.count)
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw FileFailure("compared", errno: errno) }
            guard got > 0, compared + got <= bytes.count else { return false }
            guard part[..<got] == bytes[compared..<compared + got] else { return false }
            compared += got
        }
        return true
    }

    /// Puts a file with `bytes` in the place of `name`.
    func replace(_ name: String, with bytes: [UInt8]) throws(FileFailure) {
        // Hidden, so that nobody takes it for a report; one left by a crash is ours to replace.
        let temporary = ".\(name).tmp"
        guard unsafe unlinkat(descriptor, temporary, 0) == 0 || errno == ENOENT else {
            throw FileFailure("written", errno: errno)
        }
        do throws(FileFailure) {
            try write(bytes, to: temporary)
            guard unsafe renameat(descriptor, temporary, descriptor, name) == 0 else {
                throw FileFailure("replaced", errno: errno)
            }
        } catch {
            // It may not exist; what matters is the failure itself.
            _ = unsafe unlinkat(descriptor, temporary, 0)
            throw error
        }
        guard fsync(descriptor) == 0 else { throw FileFailure("kept", errno: errno) }
    }

    /// Removes `name`; answers whether it was there.
    func remove(_ name: String) throws(FileFailure) -> Bool {
        guard unsafe unlinkat(descriptor, name, 0) == 0 else {
            guard errno == ENOENT else { throw FileFailure("removed", errno: errno) }
            return false
        }
        guard fsync(descriptor) == 0 else { throw FileFailure("removed", errno: errno) }
        return true
    }

    private func write(_ bytes: [UInt8], to name: String) throws(FileFailure) {
        let file = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileFailure("written", errno: errno) }
        var failure: Int32 = 0
        var written = 0
        while written < bytes.count && failure == 0 {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count >= 0 { written += count } else if errno != EINTR { failure = errno }
        }
        if failure == 0 && fsync(file) != 0 { failure = errno }
        // Some file systems tell only here that there was no room.
        if close(file) != 0 && failure == 0 { failure = errno }
        guard failure == 0 else { throw FileFailure("written", errno: failure) }
    }
}
