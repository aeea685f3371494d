"""What stands on the family's ordinary pages; invented, so that every link of the menu leads on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MenuEntry:
    name: str
    path: str
    below: tuple[MenuEntry, ...] = ()


# The names and their order are the screenshot's (guide-facts.md); addresses are not known (?).
MENU = (
    MenuEntry("Giới thiệu", "/gioi-thieu"),
    MenuEntry("Thủ tục hành chính", "/thu-tuc-hanh-chinh"),
    MenuEntry("Dịch vụ công trực tuyến", "/dich-vu-cong-truc-tuyen"),
    MenuEntry("Tra cứu hồ sơ", "/tra-cuu-ho-so"),
    MenuEntry(
        "Phản Ánh Kiến Nghị",
        "",
        (
            MenuEntry("Gửi phản ánh, kiến nghị", "/phan-anh-kien-nghi"),
            MenuEntry("Kết quả trả lời", "/phan-anh-kien-nghi/ket-qua"),
        ),
    ),
    MenuEntry("Đánh giá", "/danh-gia"),
    MenuEntry("Thống kê", "/thong-ke"),
    MenuEntry(
        "Hỗ Trợ",
        "",
        (
            MenuEntry("Hướng dẫn sử dụng", "/ho-tro/huong-dan"),
            MenuEntry("Câu hỏi thường gặp", "/ho-tro/cau-hoi"),
            MenuEntry("Liên hệ", "/ho-tro/lien-he"),
        ),
    ),
    MenuEntry(
        "Dịch vụ khác",
        "",
        (
            MenuEntry("Thanh toán trực tuyến", "/dich-vu-khac/thanh-toan"),
            MenuEntry("Chứng thực điện tử", "/dich-vu-khac/chung-thuc"),
        ),
    ),
)

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "/gioi-thieu": (
        "Giới thiệu",
        (
            "Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh cung cấp dịch vụ công trực "
            "tuyến cho công dân, doanh nghiệp và tổ chức: tra cứu thủ tục, nộp hồ sơ, thanh toán "
            "phí, lệ phí và theo dõi tình hình giải quyết hồ sơ.",
            "Công dân đăng nhập bằng tài khoản Định danh điện tử do Bộ Công an cấp (VNeID).",
        ),
    ),
    "/phan-anh-kien-nghi": (
        "Gửi phản ánh, kiến nghị",
        (
            "Tổ chức, cá nhân gửi phản ánh, kiến nghị về quy định hành chính và hành vi hành "
            "chính qua hệ thống tiếp nhận của Cổng Dịch vụ công quốc gia.",
        ),
    ),
    "/phan-anh-kien-nghi/ket-qua": (
        "Kết quả trả lời phản ánh, kiến nghị",
        ("Chưa có kết quả trả lời nào được công khai trong tháng.",),
    ),
    "/danh-gia": (
        "Đánh giá",
        (
            "Kết quả đánh giá Bộ chỉ số phục vụ người dân và doanh nghiệp của Dịch vụ công thiết "
            "yếu, theo bộ, ngành, địa phương.",
        ),
    ),
    "/ho-tro/huong-dan": (
        "Hướng dẫn sử dụng",
        (
            "1. Chọn Đăng nhập trên trang chủ của Hệ thống.",
            "2. Chọn tài khoản Định danh điện tử cấp bởi Bộ Công an và đăng nhập bằng tài khoản "
            "VNeID mức độ 2.",
            "3. Chọn thủ tục cần thực hiện, điền tờ khai, đính kèm giấy tờ và nộp hồ sơ.",
        ),
    ),
    "/ho-tro/cau-hoi": (
        "Câu hỏi thường gặp",
        (
            "Chưa có tài khoản thì làm thế nào? Chọn Đăng ký ở góc trên của trang.",
            "Không nhận được mã OTP? Kiểm tra số điện thoại đã đăng ký tài khoản VNeID.",
        ),
    ),
    "/ho-tro/lien-he": (
        "Liên hệ",
        ("Trung tâm Phục vụ hành chính công của tỉnh, trong giờ hành chính các ngày làm việc.",),
    ),
    "/dich-vu-khac/thanh-toan": (
        "Thanh toán trực tuyến",
        ("Phí, lệ phí của hồ sơ được thanh toán sau khi hồ sơ được tiếp nhận.",),
    ),
    "/dich-vu-khac/chung-thuc": (
        "Chứng thực điện tử",
        (
            "Chứng thực bản sao điện tử từ bản chính: nộp yêu cầu, đặt lịch và nhận bản sao có "
            "chữ ký số của cơ quan chứng thực.",
        ),
    ),
}


@dataclass(frozen=True)
class Procedure:
    code: str
    name: str
    field: str
    level: str


PROCEDURES = (
    Procedure("GL.000001", "Chứng thực bản sao từ bản chính giấy tờ", "Chứng thực", "Một phần"),
    Procedure("GL.000002", "Đăng ký khai sinh", "Hộ tịch", "Toàn trình"),
    Procedure("GL.000003", "Đăng ký kết hôn", "Hộ tịch", "Một phần"),
    Procedure("GL.000004", "Cấp bản sao trích lục hộ tịch", "Hộ tịch", "Toàn trình"),
    Procedure("GL.000005", "Đăng ký thành lập hộ kinh doanh", "Đăng ký kinh doanh", "Toàn trình"),
    Procedure("GL.000006", "Cấp đổi giấy phép lái xe", "Đường bộ", "Toàn trình"),
    Procedure("GL.000007", "Đăng ký biến động quyền sử dụng đất", "Đất đai", "Một phần"),
)


def procedures_named(words: str) -> list[Procedure]:
    wanted = words.strip().casefold()
    return [
        procedure
        for procedure in PROCEDURES
        if wanted in procedure.name.casefold() or wanted in procedure.field.casefold()
    ]


def procedure_with(code: str) -> Procedure | None:
    return next((procedure for procedure in PROCEDURES if procedure.code == code), None)
