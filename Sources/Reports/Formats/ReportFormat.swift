/// The ways in which every report is written; one small file each.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    case xml
    case json
    case csv
    case html

    /// Of a report's file.
    package var fileExtension: String { rawValue }

    package func bytes(of report: ExportReport) -> [UInt8] {
        switch self {
        case .xml: report.xml()
        case .json: report.json()
        case .csv: report.csv()
        case .html: report.html()
        }
    }

    package func bytes(of report: ConflictReport) -> [UInt8] {
        switch self {
        case .xml: report.xml()
        case .json: report.json()
        case .csv: report.csv()
        case .html: report.html()
        }
    }
}
