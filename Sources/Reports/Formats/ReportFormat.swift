package import Diagnostics

/// Something that is written back; every format can show it.
package protocol Report: Hashable, Sendable {
    var document: ReportDocument { get }
    /// How much the gravest of its items matters; `nil` where it has none.
    var gravest: Severity? { get }
    /// A page that needs nothing else, in UTF-8.
    func html() -> [UInt8]
    /// For a terminal; none where there is nothing to tell.
    func lines() -> [String]
}

extension Report {
    package func xml() -> [UInt8] { document.xml() }
    package func json() -> [UInt8] { document.json() }
    package func csv() -> [UInt8] { document.csv() }
}

/// The ways in which every report is written; one small file each.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    case xml
    case json
    case csv
    case html

    /// Of a report's file.
    package var fileExtension: String { rawValue }

    package func bytes(of report: some Report) -> [UInt8] {
        switch self {
        case .xml: report.xml()
        case .json: report.json()
        case .csv: report.csv()
        case .html: report.html()
        }
    }
}
