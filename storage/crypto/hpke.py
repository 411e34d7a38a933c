"""Key pairs of ML-KEM-768 together with X25519, and the HPKE suite (RFC 9180) that seals to them.

A hybrid, since what is sealed may be kept for decades: an attacker has to break both. As bytes a private key is the
seed of the ML-KEM key (64) and the X25519 key (32); a public key is the ML-KEM key (1,184) and the X25519 key (32).
"""

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SEED_BYTES, _KEM_BYTES = 64, 1184
PRIVATE_BYTES, PUBLIC_BYTES = _SEED_BYTES + 32, _KEM_BYTES + 32


def generate() -> bytes:
    """A new private key."""
    kem, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    return kem.private_bytes_raw() + curve.private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key of a private one. Raises ValueError where the bytes are not a key."""
    kem, curve = _parts(private)
    return kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def opener(private: bytes) -> MLKEM768X25519PrivateKey:
    """A private key as `SUITE.decrypt` takes it. Raises ValueError."""
    return MLKEM768X25519PrivateKey(*_parts(private))


def sealer(public: bytes) -> MLKEM768X25519PublicKey:
    """A public key as `SUITE.encrypt` takes it. Raises ValueError."""
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_KEM_BYTES]),
        X25519PublicKey.from_public_bytes(public[_KEM_BYTES:]),
    )


def _parts(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[_SEED_BYTES:]),
    )
