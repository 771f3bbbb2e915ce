import Glibc

extension UnsafeMutableRawBufferPointer {
    /// Lets the system provide the memory of a large file at once, instead of at the first touch of each of tens of
    /// thousands of pages. Kernels before 5.14 do not know that, and do it then.
    ///
    /// Huge pages, where the system wants to be advised of them, would be fewer still; but a virtual machine may have
    /// given memory of that size back to its host, and gets it again at ten times the price.
    func populate() {
        guard unsafe count >= Self.worthIt, let start = baseAddress else { return }
        let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
        let unaligned = (page - UInt(bitPattern: start) % page) % page
        unsafe madvise(start + Int(unaligned), count - Int(unaligned), MADV_POPULATE_WRITE)
    }

    /// Below, memory that is there already is mostly used again.
    private static let worthIt = 32 << 20
}
