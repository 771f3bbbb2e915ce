extension DocumentReader {
    /// Tells what only the whole document shows.
    mutating func reportWhole() {
        if foreignLines.count > 0 {
            let isAccepted = dialect.acceptsOtherEncodings
            let message =
                "\(foreignLines.count) lines are not UTF-8 and are \(isAccepted ? "read as Windows-1252" : "not kept")"
            diagnostics.add(
                .encoding, isAccepted ? .tolerated : .valueIgnored, line: foreignLines.first, message)
        }
        if strayLines.count > 0 {
            let message = "\(strayLines.count) lines stand outside any component"
            diagnostics.add(.badLine, .valueIgnored, line: strayLines.first, message)
        }
        if bareLineEnds.count > 0, !dialect.acceptsBareLineEnds {
            let message = "\(bareLineEnds.count) lines end without CRLF"
            diagnostics.add(.badLine, .tolerated, line: bareLineEnds.first, message)
        }
        if !components.contains(where: { $0.kind == .calendar }) {
            diagnostics.add(.badLine, .componentRejected, line: 1, "there is no BEGIN:VCALENDAR")
        }
    }
}
