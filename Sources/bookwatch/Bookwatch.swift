@main struct Bookwatch { static func main() {} }
