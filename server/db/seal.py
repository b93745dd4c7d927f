"""Owns the keys of a market and the encryption of personal fields.

A sealed field is `sm4g:<key id>:<base64 of nonce | ciphertext | tag>`: SM4 in GCM mode
(GB/T 32907-2016, GB/T 15852), the field's name as associated data. Equal values are found
through a keyed hash (HMAC with SM3, GB/T 32905-2016), never through the ciphertext.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ALGORITHM = "sm4g"
NONCE_BYTES = 12
TAG_BYTES = 16


class SealError(Exception):
    """A sealed field cannot be opened, or the key file is missing or unreadable."""


@dataclass(frozen=True)
class MarketKeys:
    """Secret keys of one market; they live in a file outside the database."""

    key_id: str
    field_key: bytes = field(repr=False)
    index_key: bytes = field(repr=False)
    session_key: bytes = field(repr=False)


def make_keys() -> MarketKeys:
    """Return new random keys."""
    return MarketKeys(
        "k1", secrets.token_bytes(16), secrets.token_bytes(32), secrets.token_bytes(32)
    )


def write_keys(path: Path, keys: MarketKeys) -> None:
    """Write `keys` to a new file of mode 600.

    Raises FileExistsError if the file is there: a lost key is lost data, so none is replaced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = {
        "key_id": keys.key_id,
        "field_key": keys.field_key.hex(),
        "index_key": keys.index_key.hex(),
        "session_key": keys.session_key.hex(),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(secret, file)
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: Path) -> MarketKeys:
    """Return the keys in `path`. Raises SealError if it is missing or unreadable."""
    try:
        secret = json.loads(path.read_text(encoding="ascii"))
        return MarketKeys(
            secret["key_id"],
            bytes.fromhex(secret["field_key"]),
            bytes.fromhex(secret["index_key"]),
            bytes.fromhex(secret["session_key"]),
        )
    except FileNotFoundError as error:
        raise SealError(f"no key file at {path}: run `market init`") from error
    except (OSError, ValueError, KeyError) as error:
        raise SealError(f"the key file {path} cannot be read") from error


class FieldSeal:
    """Seals, opens and indexes personal fields with the keys of one market."""

    def __init__(self, keys: MarketKeys) -> None:
        self._key_id = keys.key_id
        self._algorithm = algorithms.SM4(keys.field_key)
        self._index_key = keys.index_key

    def seal(self, value: str, name: str) -> str:
        """Return `value` encrypted for the field `name` (such as "worker.phone")."""
        packed = base64.b64encode(self._lock(value.encode(), name)).decode()
        return f"{ALGORITHM}:{self._key_id}:{packed}"

    def open(self, sealed: str, name: str) -> str:
        """Return the value of a sealed field.

        Raises SealError if the key, the algorithm or the field name is another one.
        """
        algorithm, key_id, packed = sealed.split(":", 2)
        self._check_key(algorithm, key_id)
        return self._unlock(base64.b64decode(packed), name).decode()

    def seal_bytes(self, content: bytes, name: str) -> bytes:
        """Return `content` encrypted for the field `name`: `sm4g:<key id>:`, then the raw bytes."""
        return f"{ALGORITHM}:{self._key_id}:".encode() + self._lock(content, name)

    def open_bytes(self, sealed: bytes, name: str) -> bytes:
        """Return the content of a sealed field of bytes. Raises SealError as `open` does."""
        algorithm, key_id, packed = bytes(sealed).split(b":", 2)
        self._check_key(algorithm.decode(), key_id.decode())
        return self._unlock(packed, name)

    def _check_key(self, algorithm: str, key_id: str) -> None:
        if algorithm != ALGORITHM or key_id != self._key_id:
            raise SealError(f"a field is sealed with {algorithm}:{key_id}")

    def _lock(self, content: bytes, name: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(name.encode())
        return nonce + encryptor.update(content) + encryptor.finalize() + encryptor.tag

    def _unlock(self, raw: bytes, name: str) -> bytes:
        nonce, tag = raw[:NONCE_BYTES], raw[-TAG_BYTES:]
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(name.encode())
        try:
            return decryptor.update(raw[NONCE_BYTES:-TAG_BYTES]) + decryptor.finalize()
        except InvalidTag as error:
            raise SealError(f"a sealed {name} does not open with the key {self._key_id}") from error

    def open_optional(self, sealed: str | None, name: str) -> str | None:
        """Return the value of a sealed field, or None where nothing is stored."""
        return None if sealed is None else self.open(sealed, name)

    def index(self, value: str, name: str) -> str:
        """Return the keyed hash that finds `value` in the field `name`: 64 hex digits."""
        digest = hmac.HMAC(self._index_key, hashes.SM3())
        digest.update(f"{name}\0{value}".encode())
        return digest.finalize().hex()
