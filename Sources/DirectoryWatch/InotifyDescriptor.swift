import Glibc

/// One inotify queue and a way to wake whoever waits for it from another thread.
final class InotifyDescriptor: Sendable {
    enum Waking {
        case events([InotifyEvent])
        /// Nothing came in the time given, or something was mounted or unmounted somewhere.
        case quiet
        case woken
    }

    private let queue: OpenDescriptor
    private let wakeReader: OpenDescriptor
    private let wakeWriter: OpenDescriptor
    /// Negative where there is no table of mounts; polling passes it over.
    private let mounts: OpenDescriptor

    /// - Throws: `.unreadable` with EMFILE when the user has no inotify instance or descriptor left.
    init() throws(SourceFault) {
        let number = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard number >= 0 else { throw SourceFault(errno: errno) }
        queue = OpenDescriptor(taking: number)
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw SourceFault(errno: errno) }
        wakeReader = OpenDescriptor(taking: ends[0])
        wakeWriter = OpenDescriptor(taking: ends[1])
        for end in ends {
            guard fcntl(end, F_SETFD, FD_CLOEXEC) == 0, fcntl(end, F_SETFL, O_NONBLOCK) == 0 else {
                throw SourceFault(errno: errno)
            }
        }
        mounts = OpenDescriptor(taking: unsafe open(MountTable.path, O_RDONLY | O_CLOEXEC))
    }

    /// Watches the directory at `path`; the same directory gives the same watch again.
    ///
    /// - Throws: `.unreadable` with ENOSPC when `fs.inotify.max_user_watches` is reached.
    func watch(_ path: String, followingLink: Bool) throws(SourceFault) -> Int32 {
        let flags = UInt32(IN_ONLYDIR) | (followingLink ? 0 : UInt32(IN_DONT_FOLLOW))
        let watch = unsafe inotify_add_watch(queue.number, path, InotifyEvent.Mask.asked.rawValue | flags)
        guard watch >= 0 else { throw SourceFault(errno: errno) }
        return watch
    }

    /// Ends a watch; one that has ended by itself is no fault.
    func end(_ watch: Int32) { inotify_rm_watch(queue.number, watch) }

    /// Waits for events, for `wake()`, or for the time given, whichever comes first.
    func wait(atMost milliseconds: Int32, buffer: inout [UInt8]) throws(SourceFault) -> Waking {
        var polled = [queue.number, wakeReader.number].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // A change of the table since the last poll is told as an error and out of turn (proc(5)).
        polled.append(pollfd(fd: mounts.number, events: Int16(POLLPRI), revents: 0))
        let ready = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
        if ready < 0 && errno == EINTR { return .events([]) }
        guard ready >= 0 else { throw SourceFault(errno: errno) }
        guard polled[1].revents == 0 else { return .woken }
        guard polled[0].revents != 0 else { return .quiet }

        let got = unsafe read(queue.number, &buffer, buffer.count)
        if got < 0 && (errno == EINTR || errno == EAGAIN) { return .events([]) }
        guard got > 0 else { throw SourceFault(errno: errno) }
        return .events(InotifyEvent.events(in: buffer.span.extracting(0..<got)))
    }

    /// Ends the wait of another thread, now or the next time.
    func wake() {
        // The only failure is a full pipe, and then the other side is being woken already.
        var byte: UInt8 = 1
        _ = unsafe write(wakeWriter.number, &byte, 1)
    }
}
