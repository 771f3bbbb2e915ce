import DirectoryWatch
import Testing

@testable import Synchronizer

@Suite("What waits for the next look")
struct WakesTests {
    @Test(
        "So many hints wait, and more become a look at each root, whatever they are about",
        arguments: [(50_000, 50_000), (50_001, 2), (99_999, 2)])
    func bounded(hints: Int, waiting: Int) {
        let wakes = Wakes()
        wakes.wake(with: [.directory(root: "/b", path: "first")])
        wakes.wake(with: (1..<hints).map { .directory(root: "/a", path: "\($0)") })
        let taken = wakes.takeHints()
        #expect(taken.count == waiting)
        #expect(taken.contains(.everything(root: "/b", cause: .overflow)) == (waiting == 2))
        #expect(taken.contains(.everything(root: "/a", cause: .overflow)) == (waiting == 2))
        #expect(wakes.takeHints() == [])
    }
}
