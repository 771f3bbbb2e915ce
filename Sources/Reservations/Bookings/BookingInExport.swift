/// An entry together with the export that it stands in, which is whatever number the caller knows it by.
package struct BookingInExport: Hashable, Sendable {
    package var export: Int64
    package var booking: Booking

    package init(_ booking: Booking, export: Int64) {
        self.booking = booking
        self.export = export
    }
}
