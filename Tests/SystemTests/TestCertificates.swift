/// Two certificates for localhost that sign themselves, good until 2126. They guard nothing: the keys lie beside them.
struct TestCertificate {
    let certificate: String
    let key: String

    static let first = TestCertificate(
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIBmzCCAUGgAwIBAgIUQkMJUXwvSMj7F//+TXP/4REzHSkwCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAxMzgyNloYDzIxMjYxMTAy
            MDEzODI2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAAR4kMxsFWi0ykhtcjCkA1L2Plwn3uBxPtDMPKSPp1BlrlTlYjNKzoGD
            4FCeQ2Z/dAfXEpQuzueGD5p50j1CJFKDo28wbTAdBgNVHQ4EFgQUnB0cv2xp8OSl
            j/bWDCSvJwxz85AwHwYDVR0jBBgwFoAUnB0cv2xp8OSlj/bWDCSvJwxz85AwDwYD
            VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
            zj0EAwIDSAAwRQIhANxR27HLyM3eu+cI/aXKytGOEFQqDh/O5TQZFxdfENxKAiA6
            ha0J2zOu2MT2BUiVUpRsoqU8loi4nTEMsqBC4Lk+gg==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5nHHcnvJIvZFvKFp
            ht79I8rU42pQQdqAMXHTglCxWW+hRANCAAR4kMxsFWi0ykhtcjCkA1L2Plwn3uBx
            PtDMPKSPp1BlrlTlYjNKzoGD4FCeQ2Z/dAfXEpQuzueGD5p50j1CJFKD
            -----END PRIVATE KEY-----
            """)

    static let second = TestCertificate(
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIBmzCCAUGgAwIBAgIUbkmkyqfDZQ/eAQqqZKUphgmqL3swCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAxMzgyNloYDzIxMjYxMTAy
            MDEzODI2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAAR1ZG9PawGf88zQZIkDA/RBMrYgbzWgiMtOYgw0/AOG9O3eobItbkMi
            Z+e8uVlyOBjvF+jwdEYe38kne4SpuoNCo28wbTAdBgNVHQ4EFgQU7L/adeRd5Zjr
            /bvxG63euVZ5s8IwHwYDVR0jBBgwFoAU7L/adeRd5Zjr/bvxG63euVZ5s8IwDwYD
            VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
            zj0EAwIDSAAwRQIhAJ8OKHfgF502TWgNSVpCaEPjnMn/M+vmeHvHV5AkMzd/AiBi
            VpRHz7yIggZhoRvv9oa86oQF37w/tATNtzhBKTHe0w==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgq9L5Wo1RhBrtndSf
            nX87EmIPomiG80PleTk3Y7srnuKhRANCAAR1ZG9PawGf88zQZIkDA/RBMrYgbzWg
            iMtOYgw0/AOG9O3eobItbkMiZ+e8uVlyOBjvF+jwdEYe38kne4SpuoNC
            -----END PRIVATE KEY-----
            """)
}
