"""The eight fields of the profile (HY-2023, part 2), and what is wrong with an entry.

Names, order and required marks are the guide's. Formats, sizes and messages are not in it (?).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from staging.form_field import Field

FIELDS = (
    Field("ho-ten", "Họ tên", True, purpose="name"),
    Field("gioi-tinh", "Giới tính", True, "choice", "sex"),
    Field("dia-chi", "Địa chỉ", False, purpose="street-address"),
    Field("ngay-sinh", "Ngày sinh", True, purpose="bday", hint="ngày/tháng/năm"),
    Field("email", "Email", False, "text", "email"),
    Field("anh-dai-dien", "Đính kèm ảnh đại diện", False, "picture"),
    Field("so-cccd", "Số CCCD", True),
    Field("so-dien-thoai", "Số điện thoại", True, "tel", "tel-national"),
)
TEXT_FIELDS = tuple(field for field in FIELDS if field.kind != "picture")
GENDERS = ("Nam", "Nữ", "Khác")

OTHER_IDENTITY = "Số CCCD không khớp với số đã được phân quyền trên hệ thống chứng thực."
_YOUNGEST = 18
_LONGEST = 200

_PATTERNS = {
    "ho-ten": (r"[^\W\d_]+([ '’.-]+[^\W\d_]+)*\.?", "Họ tên chỉ gồm chữ cái và khoảng trắng."),
    "email": (
        r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
        "Email không đúng định dạng.",
    ),
    "so-cccd": (r"[0-9]{12}", "Số CCCD gồm 12 chữ số."),
    "so-dien-thoai": (r"0[0-9]{9}", "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0."),
}


def mistakes(entered: Mapping[str, str], today: date, authorised_identity: str) -> dict[str, str]:
    """Field name → what is wrong with it; empty when the profile can be stored."""
    found: dict[str, str] = {}
    for field in TEXT_FIELDS:
        value = entered.get(field.name, "")
        if not value:
            if field.required:
                found[field.name] = f"{field.label} không được để trống."
        elif message := _mistake(field.name, value, today):
            found[field.name] = message
    identity = entered.get("so-cccd", "")
    if "so-cccd" not in found and authorised_identity and identity != authorised_identity:
        found["so-cccd"] = OTHER_IDENTITY
    return found


def _mistake(name: str, value: str, today: date) -> str:
    if len(value) > _LONGEST:
        return f"Nhập tối đa {_LONGEST} ký tự."
    if name == "ngay-sinh":
        return _birthday_mistake(value, today)
    if name == "gioi-tinh":
        return "" if value in GENDERS else "Chọn giới tính trong danh sách."
    pattern, message = _PATTERNS.get(name, (".*", ""))
    return "" if re.fullmatch(pattern, value) else message


def _birthday_mistake(value: str, today: date) -> str:
    if not re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", value):
        return "Ngày sinh không đúng định dạng ngày/tháng/năm."
    try:
        day = datetime.strptime(value, "%d/%m/%Y").date()
    except ValueError:
        return "Ngày sinh không có trong lịch."
    if day >= today:
        return "Ngày sinh phải trước ngày hôm nay."
    age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return "" if age >= _YOUNGEST else f"Cán bộ phải từ đủ {_YOUNGEST} tuổi."
