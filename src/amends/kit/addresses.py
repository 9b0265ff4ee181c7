"""Which addresses of the internet protocol belong to the public internet; everything else is somebody's inside."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# The registries of special addresses, written out: what the standard library counts as global differs by patch level.
_INSIDE_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; some clouds keep their metadata here
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # looks public, answers as the platform inside Azure
        "169.254.0.0/16",  # link-local, metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, metadata of Oracle's cloud
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # name servers for private addresses (AS112)
        "192.52.193.0/24",  # multicast relays
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]

# Only this block is handed out as global unicast. Outside it: loopback, mapped (::ffff:0:0/96) and compatible IPv4,
# NAT64 (64:ff9b::/96), unique local, link-local, site-local, multicast.
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")
_INSIDE_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks, AS112
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
# The lower half of an ISATAP address is one of these and an IPv4 address.
_ISATAP = {0x00005EFE, 0x02005EFE}


def read_address(text: str) -> Address | None:
    """The address in its usual spelling; None for names and for the spellings of IPv4 that only some programs read."""
    if "%" in text:
        return None
    try:
        return ip_address(text)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Whether this is an address of the public internet for one receiver, whoever else may listen on our inside."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _INSIDE_4)
    if address.scope_id is not None or address not in _GLOBAL_UNICAST_6:
        return False
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return False
    return not any(address in network for network in _INSIDE_6)
