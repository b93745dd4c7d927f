"""Make the texts of a document printable before they are drawn or set."""

from collections.abc import Mapping

from kiosk.agent.fonts import Fonts

_KEPT = "qr"  # A phone reads it; paper shows its dots.


def printable_document(
    kind: str, document: Mapping[str, object], fonts: Fonts
) -> dict[str, object]:
    """Return the document of a claimed job with texts that the fonts can show.

    A ticket shows 〓 for what cannot be printed. A slip is evidence: raises
    DrawingError("unprintable_character") for it.
    """
    return _evidence(document, fonts) if kind == "slip" else _printable(document, fonts)


def _printable(document: Mapping[str, object], fonts: Fonts) -> dict[str, object]:
    return {name: _substituted(name, value, fonts) for name, value in document.items()}


def _substituted(name: str, value: object, fonts: Fonts) -> object:
    if isinstance(value, str) and name != _KEPT:
        return fonts.substitute_unprintable(value)
    if isinstance(value, list):
        return [_printable(row, fonts) if isinstance(row, Mapping) else row for row in value]
    return value


def _evidence(document: Mapping[str, object], fonts: Fonts) -> dict[str, object]:
    return {
        name: fonts.require_printable(name, value)
        if isinstance(value, str) and name != _KEPT
        else value
        for name, value in document.items()
    }
