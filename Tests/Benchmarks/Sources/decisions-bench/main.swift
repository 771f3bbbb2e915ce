import Foundation

// usage: decisions-bench    decide a million reservations, then anew after changed exports; print the medians

do {
    try DecisionComparison().run()
} catch {
    FileHandle.standardError.write(Data("decisions-bench: \(error)\n".utf8))
    exit(1)
}
