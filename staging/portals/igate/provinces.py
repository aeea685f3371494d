"""The provinces on the iGate family, as data: what differs between their portals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NewsItem:
    slug: str
    title: str
    date: str
    summary: str


@dataclass(frozen=True)
class Province:
    """One portal of the family. Colours and addresses of offices are not known (?)."""

    client_id: str
    host: str
    name: str  # as in a sentence: "tỉnh Lai Châu"
    office: str
    colour: str
    accent: str
    login_moves_on: bool
    officials: str
    received: int
    by_month: tuple[tuple[int, int], ...]  # received, resolved
    news: tuple[NewsItem, ...]

    @property
    def caption(self) -> str:
        return self.name.upper()

    @property
    def title(self) -> str:
        return f"HỆ THỐNG THÔNG TIN GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH {self.caption}"

    @property
    def resolved(self) -> int:
        return sum(resolved for _, resolved in self.by_month)


# The three titles and dates of June 2024 are words of the guide's screenshot (guide-facts.md);
# texts below the titles and the figures by month are invented, their sum is the screenshot's.
LAI_CHAU = Province(
    client_id="lai-chau",
    host="dichvucong.laichau.gov.vn",
    name="tỉnh Lai Châu",
    office="Ủy ban nhân dân tỉnh Lai Châu",
    colour="#b5121b",
    accent="#0f6db5",
    login_moves_on=False,
    officials="/dich-vu-cong/can-bo/dang-nhap",
    received=55061,
    by_month=((8911, 8740), (7320, 7295), (9874, 9702), (9563, 9431), (10102, 9876), (9291, 8655)),
    news=(
        NewsItem(
            "tu-1-7-chi-su-dung-duy-nhat-tai-khoan-vneid",
            "Từ 1/7, chỉ sử dụng duy nhất tài khoản VNeID khi thực hiện DVC trực tuyến",
            "14/06/2024",
            "Từ ngày 01/7/2024, công dân sử dụng tài khoản định danh điện tử VNeID để đăng nhập, "
            "thực hiện dịch vụ công trực tuyến trên Hệ thống.",
        ),
        NewsItem(
            "huong-dan-lien-ket-tai-khoan",
            "Hướng dẫn liên kết tài khoản Cổng DVCQG với VNeID",
            "14/06/2024",
            "Các bước liên kết tài khoản đã có trên Cổng Dịch vụ công quốc gia với tài khoản "
            "định danh điện tử của công dân.",
        ),
        NewsItem(
            "huong-dan-dang-nhap-bang-vneid",
            "Hướng dẫn đăng nhập DVC Lai Châu bằng tài khoản VNeID từ ngày 01/7/2024",
            "12/06/2024",
            "Công dân chọn Đăng nhập trên trang chủ của Hệ thống rồi chọn tài khoản Định danh "
            "điện tử cấp bởi Bộ Công an.",
        ),
        NewsItem(
            "bo-chi-so-phuc-vu",
            "Bộ Chỉ số phục vụ người dân, doanh nghiệp trong thực hiện TTHC, cung cấp DVC",
            "22/12/2022",
            "Đánh giá chất lượng phục vụ theo thời gian thực trên môi trường điện tử.",
        ),
    ),
)

HUNG_YEN = Province(
    client_id="hung-yen",
    host="dichvucong.hungyen.gov.vn",
    name="tỉnh Hưng Yên",
    office="Ủy ban nhân dân tỉnh Hưng Yên",
    colour="#0a5ea8",
    accent="#c8102e",
    login_moves_on=True,
    officials="https://motcua.hungyen.gov.vn/hethong/login",
    received=61248,
    by_month=(
        (9406, 9312),
        (8120, 8077),
        (11042, 10891),
        (10655, 10502),
        (11317, 11004),
        (10708, 9866),
    ),
    news=(
        NewsItem(
            "dang-nhap-bang-tai-khoan-vneid",
            "Hướng dẫn công dân đăng nhập Cổng dịch vụ công bằng tài khoản VNeID",
            "06/11/2023",
            "Công dân chọn mục Đăng nhập; Hệ thống chuyển sang trang đăng nhập của Hệ thống "
            "định danh và xác thực điện tử.",
        ),
        NewsItem(
            "chuan-hoa-thong-tin-can-bo",
            "Chuẩn hoá thông tin cán bộ, công chức, viên chức trên Hệ thống",
            "03/11/2023",
            "Cán bộ, công chức, viên chức cập nhật thông tin tại Trang cá nhân trước ngày "
            "10/11/2023.",
        ),
        NewsItem(
            "thanh-toan-truc-tuyen",
            "Thanh toán phí, lệ phí hồ sơ thủ tục hành chính trực tuyến",
            "20/10/2023",
            "Danh sách ngân hàng, trung gian thanh toán và các bước thực hiện.",
        ),
    ),
)
