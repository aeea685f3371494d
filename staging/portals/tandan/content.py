"""Invented content of Thanh Hóa's pages: services, news, figures (?)."""

SERVICES = (
    ("TD.000001", "Đăng ký khai sinh", "Hộ tịch"),
    ("TD.000002", "Cấp bản sao trích lục hộ tịch", "Hộ tịch"),
    ("TD.000003", "Chứng thực bản sao từ bản chính", "Chứng thực"),
    ("TD.000004", "Đăng ký thành lập hộ kinh doanh", "Đăng ký kinh doanh"),
    ("TD.000005", "Cấp đổi giấy phép lái xe", "Đường bộ"),
    ("TD.000006", "Đăng ký tạm trú", "Cư trú"),
)

NEWS = (
    ("Hướng dẫn đăng nhập bằng tài khoản VNeID trên Hệ thống", "01/07/2024"),
    ("Từ 01/7/2024, công dân sử dụng tài khoản VNeID để thực hiện dịch vụ công", "25/06/2024"),
    ("Thanh toán trực tuyến phí, lệ phí hồ sơ thủ tục hành chính", "10/06/2024"),
)

FIGURES = (
    ("Hồ sơ tiếp nhận", "182.406"),
    ("Đã giải quyết", "175.933"),
    ("Đúng hạn", "99,2%"),
    ("Nộp trực tuyến", "87,5%"),
)
