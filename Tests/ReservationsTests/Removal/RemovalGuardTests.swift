import Testing

@testable import Reservations

@Suite("The guard over removals")
struct RemovalGuardTests {
    private func reason(before: Int, withdrawn: Int = 0, _ exports: (future: Int, lost: Int, isGone: Bool)...)
        -> RemovalGuard.Reason?
    {
        let loss = SourceLoss(
            before: before, withdrawn: withdrawn,
            exports: exports.map { SourceLoss.Export(future: $0.future, lost: $0.lost, isGone: $0.isGone) })
        return RemovalGuard.reason(toHold: loss)
    }

    @Test("More than half of the source and more than ten are held; neither alone is")
    func most() {
        #expect(reason(before: 20, (20, 10, false)) == nil)
        #expect(reason(before: 20, (20, 11, false)) == .mostOfSource)
        #expect(reason(before: 22, (22, 11, false)) == nil)
        #expect(reason(before: 15, (15, 10, false)) == nil)
        #expect(reason(before: 0, (11, 11, true)) == .mostOfSource)
    }

    @Test("What went within the hour counts, and so do all exports of the source")
    func addsUp() {
        #expect(reason(before: 20, withdrawn: 9, (11, 1, false)) == nil)
        #expect(reason(before: 20, withdrawn: 9, (11, 2, false)) == .mostOfSource)
        #expect(reason(before: 20, (6, 6, true), (6, 6, true)) == .mostOfSource)
    }

    @Test("An export that still exists is not emptied of more than three; one that is gone may go")
    func emptied() {
        #expect(reason(before: 100, (4, 4, false)) == .allOfExport)
        #expect(reason(before: 100, (3, 3, false)) == nil)
        #expect(reason(before: 100, (5, 4, false)) == nil)
        #expect(reason(before: 100, (4, 4, true)) == nil)
    }

    @Test("Where nothing is lost nothing waits, whatever went before")
    func nothing() {
        #expect(reason(before: 20, withdrawn: 19) == nil)
        #expect(reason(before: 20, withdrawn: 19, (1, 0, false)) == nil)
    }
}
