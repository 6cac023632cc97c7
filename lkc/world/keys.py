"""Ed25519 keys that follow from a world's seed: the same seed signs with the same key, always."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def derive(seed: int, *purpose: str) -> bytes:
    """32 bytes that follow from the seed and the purpose and from nothing else."""
    return hashlib.sha256("\x1f".join(("lkc", str(seed), *purpose)).encode()).digest()


def unpadded(data: bytes) -> str:
    """Base64 for URLs without padding, as JSON Web Keys have it (RFC 7517)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class Signer:
    """The key with which one system of a world signs.

    Attributes:
        kid: the key's name in license files, answers and key sets: 16 hex digits.
    """

    kid: str
    private: Ed25519PrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """The signature (64 bytes); the same data gives the same signature."""
        return self.private.sign(data)

    def jwk(self) -> dict[str, str]:
        """The public key as a JSON Web Key (RFC 8037)."""
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": self.kid,
            "x": unpadded(self.private.public_key().public_bytes_raw()),
        }


@lru_cache(maxsize=256)
def signer(seed: int, system: str) -> Signer:
    """The signing key of a system in every world of this seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - 10 ms

    private = Ed25519PrivateKey.from_private_bytes(derive(seed, "key", system))
    return Signer(hashlib.sha256(private.public_key().public_bytes_raw()).hexdigest()[:16], private)


def public_keys(key_set: dict[str, list[dict[str, str]]]) -> dict[str, Ed25519PublicKey]:
    """The Ed25519 keys of a JSON Web Key Set by their names; other kinds of keys are passed over.

    Raises ValueError or KeyError where the set is none.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - 10 ms

    found = {}
    for key in key_set["keys"]:
        if key.get("crv") == "Ed25519":
            raw = base64.urlsafe_b64decode(key["x"] + "=" * (-len(key["x"]) % 4))
            found[key["kid"]] = Ed25519PublicKey.from_public_bytes(raw)
    return found
