"""The Ed25519 key that signs checkpoints, and its public half in the form of a C2SP note verifier key."""

import base64
import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

ED25519 = b"\x01"


class NoSigningKeyError(RuntimeError):
    """The key that signs checkpoints is not where the settings say."""


def create_signing_key(path: Path) -> None:
    """Write a new private key, readable by its owner only. An existing key is never overwritten."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


@lru_cache(maxsize=4)
def _load(path: str, changed: float) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKeyError(f"{path} does not hold an Ed25519 key")
    return key


def signing_key() -> Ed25519PrivateKey:
    """The private key in force. Raises NoSigningKeyError with what to do."""
    path = Path(settings.AMENDS_SIGNING_KEY_FILE)
    try:
        return _load(str(path), path.stat().st_mtime)
    except FileNotFoundError as error:
        raise NoSigningKeyError(f"{path} is missing; `amends init` makes it") from error


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def origin_of(public: bytes) -> str:
    """The name of a log: it follows from the key that started it."""
    return "amends-journal-" + hashlib.sha256(public).hexdigest()[:16]


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that name a key in a signed note."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """The public key in one line, to be given to auditors: NAME+ID+KEY."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"
