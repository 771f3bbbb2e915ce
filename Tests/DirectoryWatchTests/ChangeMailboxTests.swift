import Testing

@testable import DirectoryWatch

@Suite("Changes that wait")
struct ChangeMailboxTests {
    @Test("A path is kept once, with its latest arrival, in order of root and path")
    func merges() {
        let mailbox = ChangeMailbox()
        mailbox.put([
            .file(root: "/b", path: "z", arrival: .written), .file(root: "/a", path: "y", arrival: .renamed),
            .file(root: "/a", path: "x", arrival: .written), .file(root: "/a", path: "x", arrival: .renamed),
            .everything(root: "/b", cause: .directories), .everything(root: "/b", cause: .directories),
        ])
        #expect(
            mailbox.take() == [
                .file(root: "/a", path: "x", arrival: .renamed), .file(root: "/a", path: "y", arrival: .renamed),
                .everything(root: "/b", cause: .directories), .file(root: "/b", path: "z", arrival: .written),
            ])
        #expect(mailbox.take().isEmpty)
    }

    @Test("More paths than the limit become one look at the whole root")
    func bounded() {
        let mailbox = ChangeMailbox(limit: 10)
        for number in 0..<1_000 { mailbox.put([.file(root: "/a", path: "\(number)", arrival: .written)]) }
        let changes = mailbox.take()
        #expect(changes.count == 11)
        #expect(changes.first == .everything(root: "/a", cause: .overflow))
    }
}
