import BookingXML
import Diagnostics

extension Configuration {
    /// With the mappings that it names.
    ///
    /// - Throws: `BadConfiguration` when one cannot be used, or two are for the same root element.
    func withMappings() throws(BadConfiguration) -> Configuration {
        var settled = self
        for path in mappingFiles {
            let file = try MappingFile(path: path)
            if let other = settled.mappings.first(where: { $0.mapping.root == file.mapping.root }) {
                throw BadConfiguration([
                    Diagnostic(
                        .badValue, file: path, "is for the root element \(file.mapping.root), and so is \(other.path)")
                ])
            }
            settled.mappings.append(file)
        }
        return settled
    }
}
