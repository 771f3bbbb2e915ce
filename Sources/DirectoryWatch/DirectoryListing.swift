import Glibc

/// The names in one directory that its reader wants.
struct DirectoryListing {
    enum Kind {
        case file
        case directory
        case link
        /// A FIFO, a socket, a device, or a file system that does not tell in the listing.
        case other
    }

    struct Name {
        /// With U+FFFD where it is not UTF-8; such a name opens nothing.
        let text: String
        let isUTF8: Bool
        let kind: Kind
    }

    private(set) var names: [Name] = []
    /// Why the listing ends before its end.
    private(set) var fault: SourceFault?

    /// Lists `directory`, keeping what `wants` accepts: together with the `others` that there are, at most `limit`.
    init(
        of directory: borrowing OpenDescriptor, limit: Int, others: Int = 0, wants: (Name) -> Bool
    ) throws(SourceFault) {
        // A listing takes its descriptor over, so it gets one of its own.
        let own = unsafe openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = unsafe fdopendir(own) else { throw SourceFault(errno: errno) }
        defer { unsafe closedir(stream) }
        while fault == nil {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                if errno != 0 { fault = SourceFault(errno: errno) }
                return
            }
            let name = unsafe Name(entry)
            guard name.text != ".", name.text != "..", wants(name) else { continue }
            guard others + names.count < limit else {
                fault = .tooManyEntries(limit: limit)
                return
            }
            names.append(name)
        }
    }
}

extension DirectoryListing.Name {
    fileprivate init(_ entry: UnsafeMutablePointer<dirent>) {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        let start = unsafe UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        let valid = unsafe String(validatingCString: start)
        text = unsafe valid ?? String(cString: start)
        isUTF8 = valid != nil
        kind =
            switch unsafe Int(entry.pointee.d_type) {
            case Int(DT_REG): .file
            case Int(DT_DIR): .directory
            case Int(DT_LNK): .link
            default: .other
            }
    }
}
