"""Owns the base of every refusal."""

from server.domain.kinds import RefusalKind


class DomainError(Exception):
    """Refuse something a person or a device asked for.

    A subclass states its machine code and its kind in the class line. Facts are small values for
    the sentence of phrases.py; never a name, phone or citizen number, because they reach screens
    and answers. str() is the code alone, so an error may be logged.
    """

    code: str = "refused"
    kind: RefusalKind = RefusalKind.INVALID

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.code)
        self.facts: dict[str, str | int] = facts

    def __init_subclass__(cls, *, code: str, kind: RefusalKind = RefusalKind.INVALID) -> None:
        super().__init_subclass__()
        cls.code = code
        cls.kind = kind
