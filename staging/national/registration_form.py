"""The form of the registration: its fields, and what is wrong with an entry.

Which fields the real form has is not in the documents beyond "the fields with * are required"
and what a citizen has to have ready: name, identity number, a subscription in their own name,
an identity card that is still valid (LC-2020, appendix II). The rest is plausible (?).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from staging.form_field import Field


@dataclass(frozen=True)
class Method:
    control: str
    value: str
    name: str


@dataclass(frozen=True)
class Kind:
    control: str
    value: str
    name: str
    methods: tuple[Method, ...]


MOBILE = "thue-bao-di-dong"

# "Công dân" and "Thuê bao di động" stand in LC-2020; the others are plausible (?).
KINDS = (
    Kind(
        "citizen",
        "cong-dan",
        "Công dân",
        (
            Method("mobile", MOBILE, "Thuê bao di động"),
            Method("post-office", "buu-dien", "Bưu điện Việt Nam"),
        ),
    ),
    Kind(
        "business",
        "doanh-nghiep",
        "Doanh nghiệp",
        (Method("usb-token", "usb-ky-so", "USB ký số"),),
    ),
)


FIELDS = (
    Field("so-dien-thoai", "Số điện thoại", True, "tel", "tel-national"),
    Field("ho-ten", "Họ và tên", True, purpose="name"),
    Field("so-dinh-danh", "Số CMND/CCCD", True),
    Field("ngay-sinh", "Ngày sinh", True, purpose="bday", hint="ngày/tháng/năm"),
    Field("ngay-het-han", "Giấy tờ có giá trị đến", True, hint="ngày/tháng/năm"),
    Field("email", "Thư điện tử", False, "email", "email"),
)

_PATTERNS = {
    "so-dien-thoai": (r"0\d{9}", "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0."),
    "so-dinh-danh": (r"\d{9}|\d{12}", "Số CMND gồm 9 chữ số, số CCCD gồm 12 chữ số."),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Thư điện tử không đúng định dạng."),
}


def mistakes(
    entered: Mapping[str, str], today: date, *, added_field: bool = False
) -> dict[str, str]:
    """Field name → what is wrong with it; empty when the form can be sent on."""
    found: dict[str, str] = {}
    if entered.get("doi-tuong") != "cong-dan" or entered.get("hinh-thuc") != MOBILE:
        found["doi-tuong"] = "Chọn Công dân, rồi chọn Thuê bao di động."
    for field in FIELDS:
        value = entered.get(field.name, "")
        if not value:
            if field.required:
                found[field.name] = f"{field.label} không được để trống."
            continue
        pattern, message = _PATTERNS.get(field.name, (".*", ""))
        if not re.fullmatch(pattern, value):
            found[field.name] = message
    for name in ("ngay-sinh", "ngay-het-han"):
        if name not in found:
            message = _date_mistake(name, entered[name], today)
            if message:
                found[name] = message
    if added_field and not entered.get("truong-them"):
        found["truong-them"] = "Trường này không được để trống."
    return found


def _date_mistake(name: str, value: str, today: date) -> str:
    try:
        day = datetime.strptime(value, "%d/%m/%Y").date()
    except ValueError:
        return "Ngày không đúng định dạng ngày/tháng/năm."
    if name == "ngay-sinh" and day >= today:
        return "Ngày sinh phải trước ngày hôm nay."
    if name == "ngay-het-han" and day < today:
        return "Giấy tờ đã hết hạn sử dụng."
    return ""
