"""A self-made certificate for `localhost`: a new RSA key, and its own signature (X.509, DER).

Written out here because neither Python nor the packages that we use can make one.
"""

import base64
import hashlib
import math
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

_BITS = 2048
_EXPONENT = 65_537
_SHA256_RSA = "1.2.840.113549.1.1.11"
_RSA = "1.2.840.113549.1.1.1"
_SHA256 = "2.16.840.1.101.3.4.2.1"
_COMMON_NAME = "2.5.4.3"
_OTHER_NAMES = "2.5.29.17"
_BASIC = "2.5.29.19"


def make(folder: Path) -> tuple[Path, Path]:
    """Writes cert.pem and key.pem, good for a day; returns their paths."""
    p, q = _prime(_BITS // 2), _prime(_BITS // 2)
    n, d = p * q, pow(_EXPONENT, -1, math.lcm(p - 1, q - 1))
    key = [0, n, _EXPONENT, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p)]
    return (
        _write(folder / "cert.pem", "CERTIFICATE", _certificate(n, d)),
        _write(folder / "key.pem", "RSA PRIVATE KEY", _sequence(*map(_integer, key))),
    )


def _certificate(n: int, d: int) -> bytes:
    algorithm = _sequence(_oid(_SHA256_RSA), _tagged(0x05, b""))
    name = _sequence(
        _tagged(0x31, _sequence(_oid(_COMMON_NAME), _tagged(0x0C, b"localhost"))),
    )
    now = datetime.now(UTC)
    told = _sequence(
        _tagged(0xA0, _integer(2)),
        _integer(secrets.randbits(64) | 1),
        algorithm,
        name,
        _sequence(_time(now - timedelta(hours=1)), _time(now + timedelta(days=1))),
        name,
        _sequence(
            _sequence(_oid(_RSA), _tagged(0x05, b"")),
            _bits(_sequence(_integer(n), _integer(_EXPONENT))),
        ),
        _tagged(
            0xA3,
            _sequence(
                _extension(_OTHER_NAMES, _sequence(_tagged(0x82, b"localhost"))),
                _extension(_BASIC, _sequence(_tagged(0x01, b"\xff"))),
            ),
        ),
    )
    return _sequence(told, algorithm, _bits(_signature(told, n, d)))


def _signature(told: bytes, n: int, d: int) -> bytes:
    """PKCS#1 v1.5 (RFC 8017, 9.2)."""
    digest = _sequence(
        _sequence(_oid(_SHA256), _tagged(0x05, b"")),
        _tagged(0x04, hashlib.sha256(told).digest()),
    )
    size = _BITS // 8
    padded = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return pow(int.from_bytes(padded, "big"), d, n).to_bytes(size, "big")


def _prime(bits: int) -> int:
    """Its two highest bits are set, so that the product of two has twice as many."""
    while True:
        number = secrets.randbits(bits) | (3 << (bits - 2)) | 1
        if math.gcd(number - 1, _EXPONENT) == 1 and _is_prime(number):
            return number


def _is_prime(number: int) -> bool:
    """Fermat's test: a random number of this size that passes it is prime, but for chances of
    which no test need be afraid."""
    if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    return all(pow(base, number - 1, number) == 1 for base in (2, 3, 5))


def _tagged(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _integer(value: int) -> bytes:
    return _tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _bits(content: bytes) -> bytes:
    return _tagged(0x03, b"\x00" + content)


def _time(instant: datetime) -> bytes:
    return _tagged(0x17, instant.strftime("%y%m%d%H%M%SZ").encode())


def _extension(oid: str, value: bytes) -> bytes:
    return _sequence(_oid(oid), _tagged(0x04, value))


def _oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytes([first * 40 + second])
    for number in rest:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        content += bytes(reversed(groups))
    return _tagged(0x06, content)


def _write(path: Path, label: str, der: bytes) -> Path:
    text = base64.encodebytes(der).decode()
    path.write_text(f"-----BEGIN {label}-----\n{text}-----END {label}-----\n")
    return path
