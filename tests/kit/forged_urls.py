"""Addresses by which somebody might lead the outgoing client into our own network; PORT is where the canary sits."""

#: What a name resolves to in the tests; the rest of the names goes to the system's resolver.
NAMES = {
    "loopback.example": ["127.0.0.1"],
    "loopback6.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "any.example": ["0.0.0.0"],
    "any6.example": ["::"],
    "metadata.google.internal": ["169.254.169.254"],
    "metadata6.example": ["fd00:ec2::254"],
    "ten.example": ["10.1.2.3"],
    "home.example": ["192.168.1.1"],
    "office.example": ["172.20.0.1"],
    "carrier.example": ["100.64.1.1"],
    "linklocal6.example": ["fe80::1%lo"],
    "unique-local.example": ["fd12:3456::1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "six-to-four.example": ["2002:7f00:1::"],
    "teredo.example": ["2001:0:4136:e378:8000:63bf:80ff:fffe"],
    "multicast.example": ["224.0.0.251"],
    "one-of-two.example": ["8.8.8.8", "127.0.0.1"],
    "one-of-two-6.example": ["2606:4700::1111", "::1"],
    "private-first.example": ["10.0.0.1", "8.8.8.8"],
    "not-an-address.example": ["8.8.8.8", "nonsense"],
    "octal-answer.example": ["0177.0.0.1"],
    "xn--lclhost-q4a.example": ["127.0.0.1"],
    "a" * 63 + ".example": ["127.0.0.1"],
    "under_score.example": ["127.0.0.1"],
}

_INSIDE = """127.0.0.1 127.0.0.2 127.1 127.0.1 127.255.255.254 127.0.0.1. 0 0.0.0.0 0.0.0.1 2130706433 0x7f000001
0x7F.1 0x7f.0x0.0x0.0x1 017700000001 0177.0.0.1 0177.0.0.01 00177.0.0.1 127.000.000.001 127.0.0.0x1 127.0x1
10.0.0.1 10.255.255.255 167772161 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 3232235521 0xc0a80001
169.254.169.254 169.254.170.2 2852039166 0xA9FEA9FE 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376 169.254.43518 169.16689662
100.64.0.1 100.100.100.200 100.127.255.255 168.63.129.16 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 134744072 0x08080808
192.31.196.1 192.52.193.1 192.175.48.1
[::1] [::] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254]
[::ffff:0:127.0.0.1] [::127.0.0.1] [::ffff:8.8.8.8] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::7f00:1]
[2002:7f00:1::] [2002:a00:1::1] [2001:0:4136:e378:8000:63bf:80ff:fffe] [2001:db8::1] [2001:20::1] [2001:2::1] [3fff::1]
[fe80::1] [fe80::1%25lo] [::1%25lo] [::1%lo] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [ff0e::1] [100::1] [5f00::1]
[2600::5efe:7f00:1] [2600::200:5efe:127.0.0.1] [2620:4f:8000::1] [4000::1]
[127.0.0.1] [localhost] [::1 [v1.x] [2606:4700::1111]x
localhost LOCALHOST LocalHost localhost. foo.localhost localhost.localdomain ip6-localhost
１２７.０.０.１ 127。0。0。1 ①②⑦.⓪.⓪.① ⓛocalhost ｌｏｃａｌｈｏｓｔ loc\u00adalhost localhos\u200bt \u202e1.0.0.721
127.0.0.1%00 127.0.0.1%2f.example 127.0.0.1%23.example %31%32%37.0.0.1 127.0.0.1\\x 127.0.0.1\\.example
-loopback.example loopback-.example .example loopback..example *.example""".split()  # noqa: SIM905
_INSIDE += NAMES

_TRICKS = [
    "http://user@127.0.0.1:PORT/",
    "http://user:secret@127.0.0.1:PORT/",
    "http://8.8.8.8@127.0.0.1:PORT/",
    "http://8.8.8.8:80@127.0.0.1:PORT/",
    "http://8.8.8.8%40127.0.0.1:PORT/",
    "http://8.8.8.8\\@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@8.8.8.8/",
    "http://8.8.8.8 @127.0.0.1:PORT/",
    "http://8.8.8.8\t@127.0.0.1:PORT/",
    "http://@127.0.0.1:PORT/",
    "http://:@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT#@8.8.8.8/",
    "http://127.0.0.1:PORT?@8.8.8.8/",
    "http://127.0.0.1:PORT:80/",
    "http://127.0.0.1:80:PORT/",
    "http://127.0.0.1:+PORT/",
    "http://127.0.0.1: PORT/",
    "http://127.0.0.1:/",
    "http:127.0.0.1:PORT/",
    "http:/127.0.0.1:PORT/",
    "http:///127.0.0.1:PORT/",
    "http:////127.0.0.1:PORT/",
    "http:\\\\127.0.0.1:PORT\\",
    "http:/\\127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "127.0.0.1:PORT",
    "/etc/passwd",
    "",
    " http://127.0.0.1:PORT/",
    "http://127.0.0.1:PORT/ ",
    "http://127.0.0.1:PORT/\r\nX: y",
    "http://127.0.0.1:PORT/\x00",
    "ht\ntp://127.0.0.1:PORT/",
    "http://127.0.\n0.1:PORT/",
    "HTTP://127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "https://localhost:PORT/",
    "http://" + "a" * 64 + ".example:PORT/",
    "http://" + "a." * 127 + "example:PORT/",
    "http://127.0.0.1:PORT/" + "a" * 2000,
    *(
        f"{scheme}://127.0.0.1:PORT/"
        for scheme in ("file", "ftp", "gopher", "dict", "ldap", "ws", "wss", "smb", "sftp", "ssh", "jar", "unix", "h2c")
    ),
    *("file:///etc/passwd", "data:text/plain,x", "javascript:alert(1)", "about:blank", "mailto:a@b.example"),
    *(f"http://8.8.8.8:{port}/" for port in (0, 1, 21, 22, 23, 25, 110, 3306, 5432, 6379, 11211, 65536, 99999, -1)),
    "http://8.8.8.8:８０/",
    "http://8.8.8.8:80a/",
]

FORGED = list(dict.fromkeys([f"http://{host}:PORT/" for host in _INSIDE] + _TRICKS))
