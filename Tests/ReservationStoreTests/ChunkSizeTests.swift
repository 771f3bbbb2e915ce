import Testing

@testable import ReservationStore

@Suite("How much is written at once")
struct ChunkSizeTests {
    @Test("Rows follow what the last transaction took, within bounds")
    func follows() {
        var size = ChunkSize()
        let first = size.rows
        size.note(.milliseconds(20))
        #expect(size.rows == first / 2)
        size.note(.milliseconds(2))
        #expect(size.rows == first / 2)
        size.note(.microseconds(500))
        #expect(size.rows > first / 2)
        for _ in 0..<20 { size.note(.seconds(1)) }
        #expect(size.rows == 50)
        for _ in 0..<40 { size.note(.zero) }
        #expect(size.rows == 2_000)
    }
}
