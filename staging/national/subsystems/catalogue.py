"""The subsystems as the dispatch names them, and where each is."""

from dataclasses import dataclass

from staging.hosts import NATIONAL_ADMINISTRATION, NATIONAL_FEEDBACK, NATIONAL_PROCEDURES

# Host name → its client id at the national provider.
HOSTS = {
    NATIONAL_FEEDBACK: "pakn",
    NATIONAL_PROCEDURES: "csdl",
    NATIONAL_ADMINISTRATION: "quantri",
}
TITLES = {
    NATIONAL_FEEDBACK: "Hệ thống tiếp nhận, xử lý phản ánh, kiến nghị của người dân, doanh nghiệp",
    NATIONAL_PROCEDURES: "Hệ thống Cơ sở dữ liệu quốc gia về thủ tục hành chính",
    NATIONAL_ADMINISTRATION: "Hệ thống quản trị Cổng Dịch vụ công quốc gia",
}


@dataclass(frozen=True)
class Subsystem:
    key: str
    host: str
    path: str  # ? of its own only where a host has several
    name: str

    @property
    def address(self) -> str:
        return f"https://{self.host}{self.path}"


SUBSYSTEMS = (
    Subsystem("pakn", NATIONAL_FEEDBACK, "/phan-anh-kien-nghi", "Phản ánh, kiến nghị"),
    Subsystem("csdl", NATIONAL_PROCEDURES, "/thu-tuc-hanh-chinh", "CSDL TTHC quốc gia"),
    Subsystem(
        "ket-noi",
        NATIONAL_ADMINISTRATION,
        "/ket-noi",
        "Quản trị tình hình kết nối của bộ, ngành, địa phương",
    ),
    Subsystem(
        "covid-19",
        NATIONAL_ADMINISTRATION,
        "/ho-tro-covid-19",
        "Dịch vụ công hỗ trợ đối tượng gặp khó khăn do đại dịch Covid-19",
    ),
    Subsystem(
        "chung-thuc",
        NATIONAL_ADMINISTRATION,
        "/chung-thuc-ban-sao-dien-tu",
        "Dịch vụ công Chứng thực bản sao điện tử từ bản chính",
    ),
)


def at(host: str) -> tuple[Subsystem, ...]:
    return tuple(one for one in SUBSYSTEMS if one.host == host)
