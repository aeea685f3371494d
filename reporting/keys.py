"""The key of this installation, with which manifests are signed (Ed25519)."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reporting.locking import locked
from reporting.manifest import write_whole

KEYS = Path(os.environ.get("GUIDEWATCH_KEYS") or Path(__file__).parents[1] / ".keys")
PRIVATE = "evidence.pem"
PUBLIC = "evidence.pub"
LOCK = ".lock"


class NoKey(Exception):
    """There is no key to sign or to verify with; the message says what to do."""


class Signer:
    """Signs with the installation's private key.

    Args:
        key: the private key.

    Attributes:
        public: the key that verifies what was signed.
        fingerprint: that key in short.
    """

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key()
        self.fingerprint = fingerprint(self.public)

    def sign(self, content: bytes) -> str:
        """The signature of some content, in base64."""
        return base64.b64encode(self._key.sign(content)).decode("ascii")


def signer(keys: Path = KEYS) -> Signer:
    """The installation's key, made when first asked for, readable by its owner only.

    Raises:
        OSError: the folder of keys cannot be written.
        NoKey: what lies there is no Ed25519 key.
    """
    private, public = keys / PRIVATE, keys / PUBLIC
    if not (private.is_file() and public.is_file()):
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(keys / LOCK):  # of two who ask at once, one makes the pair
            _make_what_is_missing(private, public)
    return Signer(_private_key(private))


def public_key(path: Path = KEYS / PUBLIC) -> Ed25519PublicKey:
    """The key to verify with; auditors keep a copy of their own.

    Raises:
        NoKey: it is not there, or is none.
    """
    if not path.is_file():
        raise NoKey(f"there is no public key {path.name}; name it with --public-key")
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except ValueError:
        raise NoKey(f"{path.name} holds no public key; name another with --public-key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey(f"{path.name} is no Ed25519 key; name another with --public-key")
    return key


def signed_by(key: Ed25519PublicKey, content: bytes, signature: str) -> bool:
    """Whether a signature is that of a key over some content."""
    try:
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: Ed25519PublicKey) -> str:
    """A key in short, for people to compare."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):  # TypeError: it has a password
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(
            f"{path.name} is no Ed25519 key without a password; move it away and a new one is made"
        )
    return key


def _make_what_is_missing(private: Path, public: Path) -> None:
    """A new private key where there is none, and its public one, which a kill in between leaves out."""
    (private.parent / ".gitignore").write_text("*\n", encoding="utf-8")  # a key is never committed
    if not private.is_file():
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        public.unlink(missing_ok=True)  # of a key that is gone
        _write_key(private, made, 0o600)
    if not public.is_file():
        derived = _private_key(private).public_key()
        made = derived.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        _write_key(public, made, 0o644)


def _write_key(path: Path, key: bytes, mode: int) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode)  # nobody else may read it, not even while it is written
    write_whole(path, key, draft)
