package import Foundation

/// From a conference's opening to its end; `nil` where no end has come.
package struct OpenSpan: Hashable, Sendable {
    package var start: Date
    package var end: Date?

    package init(start: Date, end: Date?) {
        self.start = start
        self.end = end
    }
}
