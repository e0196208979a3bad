"""Addresses in Chinese, Japanese, Korean and Thai, which are written without spaces."""

import re
from collections.abc import Iterator

_WORTH = re.compile(r"[\u3012\u4e00-\u9fff\uac00-\ud7a3\u0e16\u0e0b]")
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:路|街|道|巷|弄)(?:[一二三四五六七八九十]段)?\d{1,5}(?:-\d{1,4})?(?:号|號)"
    r"(?:\d{1,3}(?:楼|樓|室))?"
    r"|[\u4e00-\u9fff]{2,8}[省市][\u4e00-\u9fff]{2,20}[路街]"
)
_JAPANESE = re.compile(
    r"(?:〒\d{3}-\d{4} ?)?[\u4e00-\u9fff]{2,3}[都道府県][\u3041-\u30ff\u4e00-\u9fff]{2,20}"
    r"\d{1,4}(?:丁目|番地?|号|[-\u2212\u2010\u30fc]\d{1,4}){1,6}|〒\d{3}-\d{4}"
)
_KOREAN = re.compile(
    r"(?:[\uac00-\ud7a3]{1,8}[시도군구] ?){1,3}[\uac00-\ud7a3]{1,8}(?:로|길) ?\d{1,4}(?:-\d{1,3})?(?!\d)"
)
_THAI = re.compile(
    r"(?:\d{1,4}(?:/\d{1,4})? )?(?:หมู่ \d{1,2} )?(?:ถนน|ถ\.|ซอย|ซ\.)[\u0e00-\u0e7f]{2,24}"
    r"(?: [\u0e00-\u0e7f]{2,24}){1,3} \d{5}(?!\d)"
)


def find_unspaced(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the addresses of a text in these scripts begin and end.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of int
        Start and end, in order for each script.
    """
    if _WORTH.search(text):
        for pattern in (_CHINESE, _JAPANESE, _KOREAN, _THAI):
            yield from (match.span() for match in pattern.finditer(text))
