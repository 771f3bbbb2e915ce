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

    @Test("Two names that are one to Unicode are two files")
    func spellings() {
        let mailbox = ChangeMailbox()
        let names = ["caf\u{E9}.ics", "cafe\u{301}.ics"]
        mailbox.put(names.map { .file(root: "/a", path: $0, arrival: .written) })
        let told = mailbox.take().compactMap { if case .file(_, let path, _) = $0 { Array(path.utf8) } else { nil } }
        #expect(Set(told) == Set(names.map { Array($0.utf8) }))
    }

    @Test("Two directories whose names are one to Unicode become a look at the whole root")
    func spellingsOfDirectories() {
        let mailbox = ChangeMailbox()
        mailbox.put(["hr\u{E9}", "hr\u{E9}", "cs"].map { .directory(root: "/a", path: $0) })
        #expect(mailbox.take().count == 2)
        mailbox.put(["hr\u{E9}", "hre\u{301}"].map { .directory(root: "/a", path: $0) })
        #expect(mailbox.take() == [.everything(root: "/a", cause: .directories)])
    }

    @Test("More paths than the limit become one look at the whole root")
    func bounded() {
        let mailbox = ChangeMailbox(limit: 10)
        for number in 0..<1_000 { mailbox.put([.file(root: "/a", path: "\(number)", arrival: .written)]) }
        let changes = mailbox.take()
        #expect(changes.count == 11)
        #expect(changes.first == .everything(root: "/a", cause: .overflow))
    }

    @Test("A directory is kept once, before the files, as long as its root is not to be scanned whole")
    func directories() {
        let mailbox = ChangeMailbox()
        let hints: [DirectoryChange] = [
            .file(root: "/a", path: "x", arrival: .written), .directory(root: "/a", path: "hr"),
            .directory(root: "/a", path: "hr"), .directory(root: "/a", path: "cs"),
        ]
        let file = DirectoryChange.file(root: "/a", path: "x", arrival: .written)
        mailbox.put(hints)
        #expect(mailbox.take() == [.directory(root: "/a", path: "cs"), .directory(root: "/a", path: "hr"), file])

        let everything = DirectoryChange.everything(root: "/a", cause: .directories)
        let other = DirectoryChange.everything(root: "/b", cause: .directories)
        for place in 0...hints.count {
            mailbox.put(hints[..<place] + [everything, other] + hints[place...])
            #expect(mailbox.take() == [everything, file, other], "\(place)")
        }
    }

    @Test("Directories count as paths do: more than the limit become one look at the whole root", arguments: 0...3)
    func boundedDirectories(files: Int) {
        let mailbox = ChangeMailbox(limit: 3)
        let hints = (0..<files).map { DirectoryChange.file(root: "/a", path: "\($0)", arrival: .written) }
        let directories = (0..<3 - files).map { DirectoryChange.directory(root: "/a", path: "\($0)") }
        mailbox.put(hints + directories + directories)
        #expect(mailbox.take() == directories + hints)

        mailbox.put(hints + directories + [.directory(root: "/a", path: "more")])
        #expect(mailbox.take() == [.everything(root: "/a", cause: .overflow)] + hints)

        mailbox.put(directories + hints + [.file(root: "/a", path: "more", arrival: .written)])
        #expect(mailbox.take() == [.everything(root: "/a", cause: .overflow)] + hints)
    }
}
