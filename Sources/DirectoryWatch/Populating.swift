import Glibc

extension UnsafeMutableRawBufferPointer {
    /// Asks the system for huge pages where this is large enough for some: a large file fills tens of thousands of the
    /// usual ones, and the first byte in each costs a fault. It is advice, and who cannot follow it does not have to.
    func adviseHugePages() {
        guard unsafe count >= Self.worthIt, let start = baseAddress else { return }
        let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
        let unaligned = (page - UInt(bitPattern: start) % page) % page
        unsafe madvise(start + Int(unaligned), count - Int(unaligned), MADV_HUGEPAGE)
    }

    /// From here on, `malloc` gives a block memory of its own: the advice does not stay with what others get later.
    private static let worthIt = 32 << 20
}
