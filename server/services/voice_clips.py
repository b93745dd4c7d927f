"""Owns the market's recorded clips: kept, replaced, taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from server.db.clip_table import voice_clip
from server.db.unit_of_work import Asked, Event, Transaction
from server.domain.errors import ClipUnknown
from server.domain.sounds import read_clip, write_wav
from server.domain.voice_clips import check_clip
from server.services.open_market import Actor, OpenMarket


@dataclass(frozen=True)
class KeptClip:
    """A recorded clip without its sound. digest: changes with the sound."""

    name: str
    millis: int
    digest: str
    updated_at: datetime

    @property
    def seconds(self) -> float:
        """Return how long it lasts."""
        return self.millis / 1000


_CLIPS = select(
    voice_clip.c.name, voice_clip.c.millis, voice_clip.c.digest, voice_clip.c.updated_at
)


def kept_clips(market: OpenMarket) -> dict[str, KeptClip]:
    """Return the recorded clips by name."""
    with market.database.read() as connection:
        rows = connection.execute(_CLIPS.order_by(voice_clip.c.name)).all()
    return {row.name: KeptClip(row.name, row.millis, row.digest, row.updated_at) for row in rows}


def clip_wavs(market: OpenMarket, names: Iterable[str]) -> dict[str, bytes]:
    """Return the WAV of each named clip that has been recorded."""
    statement = select(voice_clip.c.name, voice_clip.c.wav)
    with market.database.read() as connection:
        rows = connection.execute(statement.where(voice_clip.c.name.in_(set(names)))).all()
    return {row.name: bytes(row.wav) for row in rows}


def keep_clip(market: OpenMarket, actor: Actor, name: str, content: bytes, key: str) -> KeptClip:
    """Keep a recording (a WAV file) as a clip, in place of an earlier one.

    Raises ClipUnknown, SoundInvalid. Records voice_clip.changed, without the sound.
    """
    check_clip(name)
    sound = read_clip(content)
    wav = write_wav(sound)
    values = {
        "name": name,
        "millis": round(sound.seconds * 1000),
        "digest": hashlib.sha256(wav).hexdigest(),
    }
    asked = Asked(key, "keep_clip", values)
    with market.database.write(actor) as tx:
        return tx.once(asked, KeptClip, lambda: _keep(tx, values, wav))


def _keep(tx: Transaction, values: dict[str, Any], wav: bytes) -> KeptClip:
    name = values["name"]
    known = tx.connection.scalar(
        select(voice_clip.c.entity_version).where(voice_clip.c.name == name)
    )
    row = {**values, "entity_version": (known or 0) + 1, "updated_at": tx.now}
    if known is None:
        tx.connection.execute(insert(voice_clip), {**row, "wav": wav})
    else:
        tx.connection.execute(
            update(voice_clip).where(voice_clip.c.name == name), {**row, "wav": wav}
        )
    tx.record(
        Event(
            "voice_clip.changed",
            f"voice_clip/{name}",
            row["entity_version"],
            {**row, "is_kept": True},
        )
    )
    return KeptClip(name, values["millis"], values["digest"], tx.now)


def forget_clip(market: OpenMarket, actor: Actor, name: str, key: str) -> str:
    """Delete a recording and return its name.

    Raises ClipUnknown if there is none. Records voice_clip.changed.
    """
    with market.database.write(actor) as tx:
        return tx.once(Asked(key, "forget_clip", name), str, lambda: _forget(tx, name))


def _forget(tx: Transaction, name: str) -> str:
    version = tx.connection.scalar(
        select(voice_clip.c.entity_version).where(voice_clip.c.name == name)
    )
    if version is None:
        raise ClipUnknown
    tx.connection.execute(delete(voice_clip).where(voice_clip.c.name == name))
    body = {"name": name, "is_kept": False, "entity_version": version + 1}
    tx.record(Event("voice_clip.changed", f"voice_clip/{name}", version + 1, body))
    return name
