/// How much of a document is read; each member has a diagnostic that says when it was reached.
public struct Limits: Hashable, Sendable {
    /// Bytes of a whole document; a longer one is not read at all. Never above 4 GiB less one byte.
    public var documentBytes = 256 << 20
    /// Content lines of a whole document; reading ends there, and the document counts as incomplete.
    public var contentLines = 10_000_000
    /// Bytes of one content line after unfolding; a longer line is not kept.
    public var unfoldedLineBytes = 1 << 20
    /// Components inside one another; deeper ones are not kept.
    public var nesting = 8
    /// Content lines directly in one component; one that has more is rejected whole.
    public var propertiesPerComponent = 10_000
    /// Lines of a whole document that are kept among ``ComponentView/unreadableLines``; a component with one beyond is
    /// rejected whole.
    public var unreadableLines = 10_000
    /// Bytes of a value that an ``Event`` keeps among its ``Event/others``; longer ones are left out.
    public var keptValueBytes = 64 << 10
    /// Diagnostics of a document, and of one component; the last one then says how many more there were.
    public var diagnostics = 1_000

    /// The limits that suit exports of whole firms; each can be changed.
    public init() {}
}
