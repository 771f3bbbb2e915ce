import Diagnostics
import DirectoryWatch
import Synchronizer

/// What the directories of sources show now, each as far as it does so within bearable time.
struct SourceScans {
    /// A scan of a large directory takes long on a network.
    static let patienceWithScan = Duration.seconds(30)

    private let scans: [WatchedRoot: DirectoryScan]
    private let silent: Set<WatchedRoot>

    /// - Parameters:
    ///   - look: returns when a directory answers at all.
    ///   - scan: returns when everything in it was seen.
    init(
        at roots: Set<WatchedRoot>, clock: any Clock<Duration>,
        by look: @escaping @Sendable (WatchedRoot) -> Void = { _ = FoundDirectory(at: $0.path) },
        scan: @escaping @Sendable (WatchedRoot) -> DirectoryScan = { DirectoryScan(of: $0) }
    ) async {
        let answering = await Patience(clock: clock, limit: Patience.withSilence).answers(to: roots, look)
        silent = roots.subtracting(answering.keys)
        scans = await Patience(clock: clock, limit: Self.patienceWithScan).answers(to: Set(answering.keys), scan)
    }

    /// Paths that cannot be used, and why; the directory itself is `.`.
    func faults(of root: WatchedRoot) -> [String: String] {
        if let scan = scans[root] { return scan.faults }
        let silence =
            silent.contains(root)
            ? "the directory does not answer"
            : "the directory was not seen whole within \(Self.patienceWithScan.components.seconds) s"
        let finding = Diagnostic(.unreadable, "\(silence): what is in it now is not known")
        return [".": finding.codeAndMessage]
    }
}

extension DirectoryScan {
    fileprivate var faults: [String: String] {
        Dictionary(
            refusals.map { refusal in
                let path = refusal.path.isEmpty ? "." : refusal.path
                return (path, Diagnostic(refusal.fault, file: refusal.path).codeAndMessage)
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Diagnostic {
    /// For where the place is told already.
    var codeAndMessage: String { "\(code.rawValue) \(message)" }
}
