import Reports
import ReservationStore

extension ReportWriter {
    /// Removes the copies that lie where a source had its own before: whoever reads there would take them for true.
    /// What else is there stays. A directory that nothing can be removed from is told once, and left alone.
    func removeFormerCopies(_ news: ReportNews, _ tally: inout ReportTally) async throws {
        let noted = try await store.copies()
        guard noted != settings.copies else { return }
        let former = noted.filter { settings.copies[$0.key] != $0.value }
        for name in news.exports {
            guard let directory = former[name.source] else { continue }
            tally.note(
                ReportFormat.allCases.map { ReportTree.copy(in: directory, export: name.path, $0).remove() })
        }
        for name in former.isEmpty ? [] : try await repliesWritten(news) {
            guard let directory = former[name.source] else { continue }
            tally.note([ReportTree.replyCopy(in: directory, to: name.uid, from: name.room).remove()])
        }
        try await store.note(copies: settings.copies)
    }

    /// Every answer that there is or was.
    private func repliesWritten(_ news: ReportNews) async throws -> Set<ReplyName> {
        var names = Set(try await store.rejections(in: news))
        for room in news.rooms {
            let found = try await store.news(of: room, in: news)
            names.formUnion(found.visible.map(ReplyName.init))
            names.formUnion(found.changes.compactMap(\.before).map(ReplyName.init))
        }
        return names
    }
}
