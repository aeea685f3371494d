"""The rule for a new password (portal-facts.md, "National registration", graded C)."""

import re

RULE = "Sử dụng 8 ký tự trở lên bao gồm chữ thường, chữ in hoa, số và ký tự đặc biệt."
DIFFERENT = "Mật khẩu nhập lại không khớp."  # ? wording


def mistake(password: str, again: str) -> str:
    """What is wrong with the two entries; empty when nothing is."""
    follows_rule = (
        len(password) >= 8
        and any(letter.islower() for letter in password)
        and any(letter.isupper() for letter in password)
        and any(letter.isdecimal() for letter in password)
        and re.search(r"[^\w\s]|_", password) is not None
    )
    if not follows_rule:
        return RULE
    return "" if password == again else DIFFERENT
