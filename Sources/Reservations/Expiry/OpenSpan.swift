package import Foundation

/// From a conference's opening to its end; `nil` where no end has come.
package struct OpenSpan: Hashable, Sendable {
    package var start: Date
    package var end: Date?
    /// Whether no DELETE told of the end.
    package var closedByClock: Bool

    package init(start: Date, end: Date?, closedByClock: Bool = false) {
        self.start = start
        self.end = end
        self.closedByClock = closedByClock
    }
}
