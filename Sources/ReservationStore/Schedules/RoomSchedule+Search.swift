import Reservations

extension RoomSchedule {
    /// Whether something is of this booking.
    func contains(_ booking: Int64) -> Bool { indices.contains { self.booking($0) == booking } }

    /// The granted ones that end after `last` and not later than `due`, in seconds since 1970, in order.
    ///
    /// Their slots never overlap: of those that begin until `last`, only the last can end later.
    func grants(endingAfter last: Int64, upTo due: Int64) -> [Int] {
        guard last < due else { return [] }
        let first = firstIndex(from: last)
        return ((granted(before: first, atMost: 1).first ?? first)..<firstIndex(from: due)).filter { index in
            isVerdict(.granted, at: index) && end(index) > last && end(index) <= due
        }
    }

    /// The last granted ones before the place `index`, the nearest first.
    func granted(before index: Int, atMost limit: Int) -> [Int] {
        var found: [Int] = []
        var place = index
        while place > 0, found.count < limit {
            place -= 1
            if isVerdict(.granted, at: place) { found.append(place) }
        }
        return found
    }

    /// The first granted ones from the place `index` on.
    func granted(from index: Int, atMost limit: Int) -> [Int] {
        var found: [Int] = []
        var place = index
        while place < count, found.count < limit {
            if isVerdict(.granted, at: place) { found.append(place) }
            place += 1
        }
        return found
    }
}

extension RoomSchedule {
    /// Granted slots are in order of start: of two that overlap the second begins before the first one ends.
    var hasGrantedOverlap: Bool {
        var taken = Int64.min
        for index in indices where isVerdict(.granted, at: index) {
            guard start(index) >= taken else { return true }
            taken = end(index)
        }
        return false
    }
}
