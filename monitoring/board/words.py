"""The board's words: Vietnamese, and English; then the monitor's and the record's."""

from __future__ import annotations

from monitoring import words

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Guidewatch – tình trạng đăng nhập", "Guidewatch – state of the logins"),
    "board": ("Tình trạng đăng nhập các cổng dịch vụ công", "State of the portals' logins"),
    "skip": ("Tới nội dung chính", "Skip to the content"),
    "other language": ("English", "Tiếng Việt"),
    "all well": ("Mọi cổng đang theo dõi đều hoạt động.", "All portals that are watched work."),
    "not well": (
        "{count} trong {all} cổng không dùng được.",
        "{count} of {all} portals do not work.",
    ),
    "attention count": (
        "Mọi cổng đều dùng được; có việc cần xem.",
        "All portals work; something is to be looked at.",
    ),
    "not known yet": (
        "Chưa đủ kết quả gần đây để nói về mọi cổng.",
        "There are not enough recent results to speak of all portals.",
    ),
    "as of": ("Lúc", "As of"),
    "portals heading": ("Các cổng", "Portals"),
    "systems heading": ("Hệ thống dùng chung", "Shared systems"),
    "open heading": ("Sự cố đang diễn ra", "Open incidents"),
    "past heading": ("Sự cố đã qua (90 ngày)", "Past incidents (90 days)"),
    "planned heading": ("Bảo trì theo kế hoạch", "Planned maintenance"),
    "guides heading": ("Tình trạng hướng dẫn", "State of the guides"),
    "times heading": ("Thời gian đi hết hành trình, 24 giờ qua", "Response times, last 24 hours"),
    "monitor heading": ("Bộ giám sát", "The monitor itself"),
    "none planned": ("Không có bảo trì nào trong 14 ngày tới.", "Nothing in the next 14 days."),
    "none open": ("Không có.", "None."),
    "no incident seen": ("không thấy sự cố", "no incident seen"),
    "last 90 days": ("90 ngày qua", "Last 90 days"),
    "day": ("Ngày", "Day"),
    "availability": ("Tỉ lệ dùng được", "Availability"),
    "not watched": ("không theo dõi", "not watched"),
    "figures": ("Số liệu", "Figures"),
    "hour": ("Giờ", "Hour"),
    "seconds": ("giây", "seconds"),
    "checked": ("Kiểm tra lúc", "Checked at"),
    "never": ("chưa kiểm tra", "never checked"),
    "as published": ("khớp với hướng dẫn", "as the guide says"),
    "differs since": ("khác hướng dẫn từ {since}", "differs from the guide since {since}"),
    "picture": ("Ảnh màn hình lúc hỏng", "What the screen showed"),
    "no picture": ("Không có ảnh.", "There is no picture."),
    "history": ("Diễn biến", "History"),
    "back": ("Về trang tình trạng", "Back to the board"),
    "incident": ("Sự cố #{id}", "Incident #{id}"),
    "from to": ("Từ {since} đến {until}", "From {since} to {until}"),
    "aside": ("Tài khoản đang ngưng dùng", "Test accounts put aside"),
    "token": ("Mã truy cập", "Access token"),
    "enter": ("Vào", "Enter"),
    "token wrong": ("Mã truy cập không đúng.", "The access token is wrong."),
    "store gone": (
        "Không đọc được kho dữ liệu của bộ giám sát: {why}",
        "The monitor's store cannot be read: {why}",
    ),
    "slowest": ("chậm nhất", "slowest"),
    "journey": ("Hành trình", "Journey"),
    "state": ("Tình trạng", "State"),
}


def word(key: str, language: str, **values: object) -> str:
    """A word of the board, with its gaps filled."""
    if key not in WORDS:
        return words.word(key, language, **values)
    text = WORDS[key][1 if language == "en" else 0]
    return text.format(**values) if values else text


def percent(share: float, language: str) -> str:
    """A share as people write it: 99,82 % in Vietnamese, 99.82 % in English."""
    text = f"{share * 100:.2f} %"
    return text if language == "en" else text.replace(".", ",")
