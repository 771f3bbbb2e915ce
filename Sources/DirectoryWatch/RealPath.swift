import Glibc

/// `path` as an absolute path without links; `nil`, and `errno` says why, where it leads nowhere. Whoever asks waits
/// for the servers of all directories on the way.
func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(validatingCString: real)
}
