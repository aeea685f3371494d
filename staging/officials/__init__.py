"""motcua.hungyen.gov.vn: the officials' one-door system (HY-2023, part 2).

portal-facts.md knows its address and that user name, password, a captcha and a USB-token button are
usual in the family; its HTML is not known (?).
"""

from staging.officials.site import site

__all__ = ["site"]
