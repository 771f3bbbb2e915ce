import GRDB

extension ReservationStore {
    /// Where the senders' copies of reports were put last, by source.
    package func copies() async throws -> [String: String] {
        try await database.read { db in
            try StoredJSON.decode(
                [String: String].self, try String.fetchOne(db, sql: "SELECT copies FROM generation") ?? "{}")
        }
    }

    /// To be noted before anything is put there.
    package func note(copies: [String: String]) async throws {
        let text = try StoredJSON.encode(copies)
        try await write { try $0.execute(sql: "UPDATE generation SET copies = ?", arguments: [text]) }
    }
}
