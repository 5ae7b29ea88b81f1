"""Numbers as official documents write them: 12, 十二, 二〇二二, 百分之九十五. Halves belong to the grammar."""

from __future__ import annotations

HAN_DIGITS = "〇一二三四五六七八九"
DIGITS = {digit: value for value, digit in enumerate(HAN_DIGITS)} | {"零": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}


def number(word: str) -> int:
    """Read a whole number in Arabic digits, in Han digits by place (二〇二二) or with powers (一百二十)."""
    if word.isascii():
        return int(word)
    return _with_powers(word) if any(digit in POWERS for digit in word) else _by_place(word)


def _by_place(word: str) -> int:
    return int("".join(str(DIGITS.get(digit, digit)) for digit in word))


def _with_powers(word: str) -> int:
    total = digit = 0
    for character in word:
        if character in POWERS:
            total, digit = total + (digit or 1) * POWERS[character], 0
        else:
            digit = DIGITS[character]
    return total + digit


def decimal(word: str) -> float:
    """Read the figure of a percentage: 99.5, 百分之九十五."""
    word = word.removeprefix("百分之")
    return float(word) if word.replace(".", "").isascii() else float(number(word))


def han(number: int) -> str:
    """Write a number up to 99 in Han: 12 is 十二."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN_DIGITS[tens]) + ("十" if tens else "") + (HAN_DIGITS[ones] if ones else "")
