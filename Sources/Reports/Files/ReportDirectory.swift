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
        do throws(FileFailure) {
            try draft(name, with: bytes, durably: { fsync($0) })
            try publish(name)
        } catch {
            // It may not exist; what matters is the failure itself.
            _ = unsafe unlinkat(descriptor, Self.temporary(name), 0)
            throw error
        }
        try sync()
    }

    /// Writes `bytes` beside the file `name`, for `publish`.
    ///
    /// - Parameter durably: brings an open file to the disk; answers 0, or sets `errno`.
    func draft(
        _ name: String, with bytes: [UInt8], durably: (Int32) -> Int32 = { _ in 0 }
    ) throws(FileFailure) {
        // One left by a crash is ours to replace.
        guard unsafe unlinkat(descriptor, Self.temporary(name), 0) == 0 || errno == ENOENT else {
            throw FileFailure("written", errno: errno)
        }
        let file = unsafe openat(
            descriptor, Self.temporary(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileFailure("written", errno: errno) }
        var failure = Self.write(bytes, to: file)
        if failure == 0 && durably(file) != 0 { failure = errno }
        // Some file systems tell only here that there was no room.
        if close(file) != 0 && failure == 0 { failure = errno }
        guard failure == 0 else { throw FileFailure("written", errno: failure) }
    }

    /// Puts what was drafted in the place of `name`.
    func publish(_ name: String) throws(FileFailure) {
        guard unsafe renameat(descriptor, Self.temporary(name), descriptor, name) == 0 else {
            throw FileFailure("replaced", errno: errno)
        }
    }

    /// Hidden, so that nobody takes it for a report.
    private static func temporary(_ name: String) -> String { ".\(name).tmp" }

    /// Waits until what was drafted for `name` is on the disk.
    func syncDraft(_ name: String) throws(FileFailure) {
        let file = unsafe openat(descriptor, Self.temporary(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw FileFailure("kept", errno: errno) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw FileFailure("kept", errno: errno) }
    }

    /// Waits until the directory's names are on the disk.
    func sync() throws(FileFailure) {
        guard fsync(descriptor) == 0 else { throw FileFailure("kept", errno: errno) }
    }

    /// The names of what is in it, hidden ones left out, sorted.
    func names() throws(FileFailure) -> [String] {
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = unsafe fdopendir(copy) else { throw FileFailure("listed", errno: errno) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
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

    /// Appends `bytes` to the file `name`, made if it is missing, and brings them to the disk. What a crash left of a
    /// last line is ended first, so that it spoils no other one.
    func append(_ bytes: [UInt8], to name: String) throws(FileFailure) {
        let file = unsafe openat(descriptor, name, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileFailure("written", errno: errno) }
        var last = UInt8(ascii: "\n")
        let size = lseek(file, 0, SEEK_END)
        if size > 0, unsafe pread(file, &last, 1, size - 1) != 1 { last = 0 }
        var failure = last == UInt8(ascii: "\n") ? 0 : Self.write([UInt8(ascii: "\n")], to: file)
        if failure == 0 { failure = Self.write(bytes, to: file) }
        if failure == 0 && fsync(file) != 0 { failure = errno }
        if close(file) != 0 && failure == 0 { failure = errno }
        guard failure == 0 else { throw FileFailure("written", errno: failure) }
        if size == 0, fsync(descriptor) != 0 { throw FileFailure("kept", errno: errno) }
    }

    /// In bytes; 0 where there is no such file.
    func size(of name: String) -> Int {
        var status = stat()
        return unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? Int(status.st_size) : 0
    }

    /// Gives the file `name` another name; nothing where it is not there.
    func rename(_ name: String, to other: String) throws(FileFailure) {
        guard unsafe renameat(descriptor, name, descriptor, other) == 0 || errno == ENOENT else {
            throw FileFailure("rotated", errno: errno)
        }
    }

    /// 0, or the `errno` of what failed.
    private static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count >= 0 { written += count } else if errno != EINTR { return errno }
        }
        return 0
    }
}
