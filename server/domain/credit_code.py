"""Owns unified social credit codes of units (GB 32100-2015)."""

import re
import unicodedata

from stdnum.cn import uscc

from server.domain.errors import CreditCodeInvalid

# The registering authority is a digit, A (army), N (agriculture: village collectives) or Y (other);
# python-stdnum's own validate() knows digits only and would turn village collectives away.
_CODE = re.compile(r"[1-9ANY][1-9A-HJ-NP-RTUWXY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}\Z")


def clean_credit_code(text: str) -> str:
    """Clean and check a unified social credit code; returns 18 upper-case characters.

    Raises CreditCodeInvalid for a wrong length, character or check character.
    """
    code = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not _CODE.match(code) or uscc.calc_check_digit(code[:17]) != code[17]:
        raise CreditCodeInvalid()
    return code
