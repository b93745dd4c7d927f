"""Makes server/data/pinyin_pad.json, the characters behind the keys of the kiosk's pinyin pad.

Run by `make names`, which installs the two sources by requirements-names.lock:

* pypinyin-dict 0.9.0 (MIT): the 8,105 characters of 《通用规范汉字表》 (2013) with their readings,
  from its tables ktghz2013 (《通用规范汉字字典》) and kmandarin_8105 (Unihan kMandarin);
* jieba 0.42.1 (MIT): how often a character stands in words, and in people's given names.

Surnames and their readings as surnames come from server/data/surnames.csv.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import jieba
from pypinyin_dict.pinyin_data import kmandarin_8105, ktghz2013

DATA = Path(__file__).parent.parent / "server/data"
SOURCES = [
    "pypinyin-dict 0.9.0, tables ktghz2013 and kmandarin_8105 (MIT)",
    "jieba 0.42.1, dict.txt (MIT)",
    "server/data/surnames.csv",
]
DIAERESIS = "\u0308"


def without_tone(syllable: str) -> str:
    """Return a syllable without its tone: "lǚ" becomes "lü", "zhāng" "zhang"."""
    parts = unicodedata.normalize("NFD", syllable)
    kept = (part for part in parts if part == DIAERESIS or not unicodedata.combining(part))
    return unicodedata.normalize("NFC", "".join(kept))


def readings() -> dict[str, set[str]]:
    """Return the characters of each syllable."""
    found = defaultdict(set)
    for table in (ktghz2013.pinyin_dict, kmandarin_8105.pinyin_dict):
        for point, syllables in table.items():
            for syllable in syllables.split(","):
                found[without_tone(syllable)].add(chr(point))
    return found


def surnames() -> dict[str, list[str]]:
    """Return the surnames by their reading, the frequent ones first.

    A surname of two characters is found under its first syllable, last, and under both.
    """
    with (DATA / "surnames.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: len(row["surname"])):
        tones = row["pinyin"].replace("v", "ü").split()
        syllables = [tone.rstrip("12345") for tone in tones]
        for key in dict.fromkeys((syllables[0], "".join(syllables))):
            found[key].append(row["surname"])
    return found


def counts(single_surnames: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each character stands in given names, and in any word."""
    given, any_word = Counter[str](), Counter[str]()
    words = Path(jieba.__file__).parent / "dict.txt"
    for line in words.read_text(encoding="utf-8").splitlines():
        word, frequency, kind = line.split()
        for character in word:
            any_word[character] += int(frequency)
        if kind == "nr" and len(word) in {2, 3} and word[0] in single_surnames:
            given.update(word[1:])
    return given, any_word


def main() -> None:
    """Write the file: the order of a syllable is that of given names, then of any word."""
    by_surname = surnames()
    given, any_word = counts({name for names in by_surname.values() for name in names})
    ordered = {
        syllable: "".join(sorted(found, key=lambda c: (-given[c], -any_word[c], c)))
        for syllable, found in sorted(readings().items())
    }
    names_of = {key: by_surname[key] for key in sorted(by_surname)}
    content = {"sources": SOURCES, "syllables": ordered, "surnames": names_of}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # One syllable a line, so that a change can be read.
    text = re.sub(r'(?<=["}\]]),(?="[^"]+":)', ",\n", text)
    (DATA / "pinyin_pad.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(ordered)} syllables, {sum(map(len, ordered.values()))} readings\n")


if __name__ == "__main__":
    main()
