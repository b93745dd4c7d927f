"""Unicode characters for the private-use code points that old GB 18030 systems left in names.

GBK and GB 18030-2000 had two-byte codes without a Unicode character; systems of that time stored
them as U+E000-U+F8FF. Later Unicode versions gave most of them a real code point.
"""

from functools import lru_cache

# GB 18030-2005 and -2022 moved these; Python's codec still has the mapping of 2000.
_MOVED_SINCE_2000 = {
    0xE7C7: 0x1E3F,
    0xE7C8: 0x01F9,
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}
# GBK codes FE50-FE7E and FE80-FEA0 lay on U+E815-U+E864 in this order.
_GBK_RANGES = ((0xE815, 0xFE50, 0xFE7E), (0xE844, 0xFE80, 0xFEA0))


@lru_cache(maxsize=1)
def private_use_table() -> dict[int, int]:
    """Return the private-use code points that have a Unicode character, for `str.translate`.

    Source: GB 18030-2005 table of two-byte codes and the changes of GB 18030-2022.
    """
    codes = {}
    for first_private, first_code, last_code in _GBK_RANGES:
        for code in range(first_code, last_code + 1):
            codes[first_private + code - first_code] = code
    table = {}
    for private, code in codes.items():
        character = code.to_bytes(2, "big").decode("gb18030")
        if not is_private_use(character):
            table[private] = ord(character)
    return table | _MOVED_SINCE_2000


def is_private_use(character: str) -> bool:
    """Tell whether a character lies in U+E000-U+F8FF and so has no agreed shape."""
    return 0xE000 <= ord(character) <= 0xF8FF
