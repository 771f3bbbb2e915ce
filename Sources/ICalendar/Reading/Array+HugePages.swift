#if canImport(Glibc)
    import Glibc

    extension Array {
        /// Asks the kernel for large pages behind a large table that is filled from its start: it then is entered into
        /// memory in hundreds of steps less. Nothing depends on whether the kernel agrees.
        mutating func preferHugePages() {
            let hugePage = 2 << 20
            let bytes = capacity * MemoryLayout<Element>.stride
            guard bytes > 2 * hugePage else { return }
            unsafe withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                let start = (Int(bitPattern: base) + hugePage - 1) & ~(hugePage - 1)
                let end = (Int(bitPattern: base) + bytes) & ~(hugePage - 1)
                guard start < end else { return }
                unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
            }
        }
    }
#else
    extension Array {
        mutating func preferHugePages() {}
    }
#endif
