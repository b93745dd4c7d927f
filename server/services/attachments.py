"""Owns employers' papers: kept sealed, shown to staff, taken away by a manager."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from server.db.attachment_table import attachment
from server.db.employer_tables import employer_merge
from server.db.seal import FieldSeal
from server.db.tables import employer, staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.attachments import MAX_OF_EMPLOYER, AttachmentForm, AttachmentKind
from server.domain.errors import AttachmentsTooMany, AttachmentUnknown, EmployerUnknown
from server.services.open_market import OpenMarket
from server.services.scans import Scan, read_scan

FIELD = "attachment.content"


@dataclass(frozen=True)
class NewAttachment:
    """A paper that an employer shows. content: the uploaded file."""

    employer_id: str
    kind: AttachmentKind
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Attachment:
    """A paper that is kept, without its content. kept_by: display name, "" if unknown."""

    id: str
    kind: AttachmentKind
    form: AttachmentForm
    size_bytes: int
    kept_by: str
    created_at: datetime


def add_attachment(market: OpenMarket, member: Actor, new: NewAttachment, key: str) -> Attachment:
    """Keep a paper of an employer.

    Raises AttachmentInvalid, AttachmentsTooMany, EmployerUnknown. Records attachment.added, with
    the digest of the content but not the content.
    """
    scan = read_scan(new.content)
    digest = hashlib.sha256(scan.content).hexdigest()
    uploaded = hashlib.sha256(new.content).hexdigest()
    asked = Asked(key, "add_attachment", [new.employer_id, new.kind.value, uploaded])
    with market.database.write(member) as tx:
        kept = tx.once(asked, str, lambda: _add(tx, market.seal, new, scan, digest))
        return _of_row(tx.connection.execute(_PAPERS.where(attachment.c.id == kept)).one())


def _add(tx: Transaction, seal: FieldSeal, new: NewAttachment, scan: Scan, digest: str) -> str:
    known = select(employer.c.id).where(employer.c.id == new.employer_id)
    if tx.connection.scalar(known) is None:
        raise EmployerUnknown
    there = _of_employer(tx.connection, new.employer_id)
    count = select(func.count()).where(attachment.c.employer_id.in_(there), _IS_KEPT)
    if (tx.connection.scalar(count) or 0) >= MAX_OF_EMPLOYER:
        raise AttachmentsTooMany(maximum=MAX_OF_EMPLOYER)
    row: dict[str, Any] = {
        "id": tx.new_id(),
        "employer_id": new.employer_id,
        "kind": new.kind.value,
        "form": scan.form.value,
        "size_bytes": len(scan.content),
        "digest": digest,
        "staff_id": tx.actor.staff_id,
        "entity_version": 1,
        "created_at": tx.now,
    }
    sealed = seal.seal_bytes(scan.content, FIELD)
    tx.connection.execute(insert(attachment), {**row, "content_sealed": sealed})
    tx.record(Event("attachment.added", f"attachment/{row['id']}", 1, row))
    return str(row["id"])


_IS_KEPT = attachment.c.removed_at.is_(None)
# Everything but the content, which would be megabytes in a list.
_PAPERS: Select[Any] = select(
    *(column for column in attachment.c if column is not attachment.c.content_sealed),
    staff.c.display_name,
).join_from(attachment, staff, staff.c.id == attachment.c.staff_id, isouter=True)


def attachments_of(market: OpenMarket, employer_id: str) -> tuple[Attachment, ...]:
    """Return the papers of an employer and of those that are merged into it, latest first."""
    with market.database.read() as connection:
        there = _of_employer(connection, employer_id)
        found = _PAPERS.where(attachment.c.employer_id.in_(there), _IS_KEPT)
        rows = connection.execute(found.order_by(attachment.c.id.desc())).all()
    return tuple(_of_row(row) for row in rows)


def _of_employer(connection: Connection, employer_id: str) -> list[str]:
    """Return the employer's id and the ids of all that are merged into it, also over others."""
    found, new = [employer_id], [employer_id]
    while new:
        merged = select(employer_merge.c.gone_id).where(
            employer_merge.c.kept_id.in_(new), employer_merge.c.undone_at.is_(None)
        )
        new = [gone for gone in connection.scalars(merged).all() if gone not in found]
        found += new
    return found


def attachment_content(
    market: OpenMarket, employer_id: str, attachment_id: str
) -> tuple[AttachmentForm, bytes]:
    """Return the form and the content of one paper of an employer. Raises AttachmentUnknown."""
    wanted = select(attachment.c.form, attachment.c.content_sealed)
    with market.database.read() as connection:
        there = _of_employer(connection, employer_id)
        row = connection.execute(
            wanted.where(
                attachment.c.id == attachment_id, attachment.c.employer_id.in_(there), _IS_KEPT
            )
        ).first()
    if row is None:
        raise AttachmentUnknown
    return AttachmentForm(row.form), market.seal.open_bytes(row.content_sealed, FIELD)


def remove_attachment(market: OpenMarket, member: Actor, attachment_id: str, key: str) -> str:
    """Take a paper away for good and return its id; that it was there stays in the log.

    Raises AttachmentUnknown. Records attachment.removed.
    """
    with market.database.write(member) as tx:
        asked = Asked(key, "remove_attachment", attachment_id)
        return tx.once(asked, str, lambda: _remove(tx, attachment_id))


def _remove(tx: Transaction, attachment_id: str) -> str:
    kept = _PAPERS.where(attachment.c.id == attachment_id, _IS_KEPT)
    row = tx.connection.execute(kept).first()
    if row is None:
        raise AttachmentUnknown
    changes: dict[str, Any] = {
        "removed_at": tx.now,
        "removed_by": tx.actor.staff_id,
        "entity_version": row.entity_version + 1,
    }
    own = attachment.c.id == attachment_id
    tx.connection.execute(update(attachment).where(own), {**changes, "content_sealed": None})
    body = {**{k: v for k, v in row._mapping.items() if k != "display_name"}, **changes}
    version = changes["entity_version"]
    tx.record(Event("attachment.removed", f"attachment/{attachment_id}", version, body))
    return attachment_id


def _of_row(row: Row[Any]) -> Attachment:
    return Attachment(
        row.id,
        AttachmentKind(row.kind),
        AttachmentForm(row.form),
        row.size_bytes,
        row.display_name or "",
        row.created_at,
    )
