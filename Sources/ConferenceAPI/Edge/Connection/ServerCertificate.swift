import NIOSSL

/// The certificate and the key that clients are shown, read from files in PEM form.
package struct ServerCertificate: Sendable {
    let context: NIOSSLContext

    /// - Parameter certificateFile: the server's own certificate first, then those that lead to its root.
    /// - Throws: `UnusableCertificate`.
    package init(certificateFile: String, keyFile: String) throws(UnusableCertificate) {
        let chain = try UnusableCertificate.naming(certificateFile) {
            try NIOSSLCertificate.fromPEMFile(certificateFile)
        }
        guard !chain.isEmpty else {
            throw UnusableCertificate(file: certificateFile, reason: "there is no certificate in it")
        }
        let key = try UnusableCertificate.naming(keyFile) { try NIOSSLPrivateKey(file: keyFile, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        context = try UnusableCertificate.naming(keyFile) { try NIOSSLContext(configuration: configuration) }
    }
}

/// A file that no certificate or key can be taken from, or a key that is not the certificate's.
package struct UnusableCertificate: Error, Sendable, CustomStringConvertible {
    package let file: String
    package let reason: String

    package var description: String { "\(file): \(reason)" }

    fileprivate static func naming<Value>(
        _ file: String, _ body: () throws -> Value
    ) throws(UnusableCertificate) -> Value {
        do {
            return try body()
        } catch {
            throw UnusableCertificate(file: file, reason: "\(error)")
        }
    }
}
