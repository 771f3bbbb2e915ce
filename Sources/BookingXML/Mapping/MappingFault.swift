/// Why a part of a mapping cannot be used.
package struct MappingFault: Error, Hashable, Sendable {
    /// One sentence without a full stop.
    package var message: String

    package init(_ message: String) { self.message = message }
}
