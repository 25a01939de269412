"""Just enough of Ethereum to sign transfers: Keccak-256, RLP and ECDSA on secp256k1 (SEC 1, RFC 6979's idea without its text)."""

import hashlib

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798, 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
MASK = 2**64 - 1


def rotated(lane, by):
    return ((lane << by) | (lane >> (64 - by))) & MASK if by else lane


def permuted(a):
    constant = 1
    for _ in range(24):
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        a = [[a[x][y] ^ c[(x - 1) % 5] ^ rotated(c[(x + 1) % 5], 1) for y in range(5)] for x in range(5)]
        x, y, current = 1, 0, a[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, a[x][y] = a[x][y], rotated(current, (t + 1) * (t + 2) // 2 % 64)
        for y in range(5):
            row = [a[x][y] for x in range(5)]
            for x in range(5):
                a[x][y] = row[x] ^ (~row[(x + 1) % 5] & MASK & row[(x + 2) % 5])
        for j in range(7):
            constant = ((constant << 1) ^ ((constant >> 7) * 0x71)) % 256
            if constant & 2:
                a[0][0] ^= 1 << ((1 << j) - 1)
    return a


def keccak(message):
    rate = 136
    padded = bytearray(message) + b"\x01" + bytes(-(len(message) + 1) % rate)
    padded[-1] |= 0x80
    a = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), rate):
        for i in range(rate // 8):
            a[i % 5][i // 5] ^= int.from_bytes(padded[block + 8 * i : block + 8 * i + 8], "little")
        a = permuted(a)
    return b"".join(a[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def added(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = 3 * p[0] * p[0] * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(k):
    total, step = None, G
    while k:
        if k & 1:
            total = added(total, step)
        step, k = added(step, step), k >> 1
    return total


def rlp(value):
    if isinstance(value, list):
        body, short, long = b"".join(map(rlp, value)), 0xC0, 0xF7
    else:
        body, short, long = value, 0x80, 0xB7
        if len(body) == 1 and body[0] < 0x80:
            return body
    if len(body) < 56:
        return bytes([short + len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([long + len(length)]) + length + body


def number(value):
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def transfer(key, chain, nonce, to, wei):
    """A signed EIP-1559 transaction that moves wei."""
    fields = [number(chain), number(nonce), b"", b"", number(21_000), to, number(wei), b"", []]
    digest = int.from_bytes(keccak(b"\x02" + rlp(fields)), "big")
    k = int.from_bytes(hashlib.sha256(key.to_bytes(32, "big") + digest.to_bytes(32, "big")).digest(), "big") % N
    point = times(k)
    r = point[0] % N
    s = pow(k, -1, N) * (digest + r * key) % N
    odd = point[1] & 1
    if s > N // 2:
        s, odd = N - s, 1 - odd
    return b"\x02" + rlp(fields + [number(odd), number(r), number(s)])
