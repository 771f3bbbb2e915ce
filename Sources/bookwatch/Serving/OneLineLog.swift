import Logging

/// Writes the log to standard error, a line each: names of rooms and paths of files are what others wrote, and must not
/// forge a line or command a terminal.
struct OneLineLog: LogHandler {
    private var stream: StreamLogHandler

    init(label: String) { stream = StreamLogHandler.standardError(label: label) }

    var logLevel: Logger.Level {
        get { stream.logLevel }
        set { stream.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { stream.metadata }
        set { stream.metadata = newValue.mapValues(\.onOneLine) }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { stream.metadataProvider }
        set { stream.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { stream[metadataKey: key] }
        set { stream[metadataKey: key] = newValue?.onOneLine }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(Output.shown(event.message.description))"
        event.metadata = event.metadata?.mapValues(\.onOneLine)
        stream.log(event: event)
    }
}

extension Logger.MetadataValue {
    fileprivate var onOneLine: Self {
        switch self {
        case .string(let text): .string(Output.shown(text))
        case .stringConvertible(let value): .string(Output.shown(value.description))
        case .array(let values): .array(values.map(\.onOneLine))
        case .dictionary(let values): .dictionary(values.mapValues(\.onOneLine))
        }
    }
}
