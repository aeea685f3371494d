"""The labels in the templates of the embedded portals, and the claims that name them.

The labels are derived from the templates; what each one means is written down here by hand, because
portals and guides are two independent things: nothing may be looked up in a walk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.guides import Claim
from record.canonical import holds_words

STAGING = Path(__file__).parents[2] / "staging"

# Whose templates lie where: a journey meets them if a move of it is on a screen of that system.
SYSTEMS = {
    "portals/igate/templates/login.html": ("lai-chau",),
    "portals/igate/templates/login_moves_on.html": ("hung-yen",),
    "portals/igate": ("lai-chau", "hung-yen"),
    "portals/tandan": ("thanh-hoa",),
    "national/templates/registration": ("national-registration",),
    "vneid": ("vneid",),
    "app": ("vneid-app",),
}

# What `of` a claim about a label has, by template and name; the fields of a form are claimed together.
# Labels that are not here are named by no screen of a portal file: no claim can be about them.
MEANT: dict[tuple[str, str], tuple[str, ...]] = {
    ("portals/igate/templates/base.html", "login"): ("home.login", "signed_out.login"),
    ("portals/igate/templates/base.html", "register"): ("home.register",),
    ("portals/igate/templates/base.html", "sign-out"): ("account.sign_out",),
    ("portals/igate/templates/login.html", "vneid"): ("login.vneid",),
    ("portals/igate/templates/login.html", "national"): ("login.national",),
    ("portals/igate/templates/login_moves_on.html", "vneid"): ("login.moves_on",),
    ("portals/tandan/templates/_layout.html", "login"): ("home.login", "signed_out.login"),
    ("portals/tandan/templates/_layout.html", "register"): ("home.register",),
    ("portals/tandan/templates/_layout.html", "sign-out"): ("account.sign_out",),
    ("portals/tandan/templates/_login.html", "vneid"): ("login.vneid",),
    ("portals/tandan/templates/_login.html", "national"): ("login.national",),
    ("national/templates/registration/register.html", "register"): ("registration.register",),
    ("vneid/templates/sign-in.html", "username"): ("fields of vneid", "vneid.account"),
    ("vneid/templates/sign-in.html", "password"): ("fields of vneid", "vneid.password"),
    ("vneid/templates/sign-in.html", "login"): ("vneid.submit",),
    ("vneid/templates/sign-in.html", "cancel"): ("vneid.cancel",),
    ("vneid/templates/sign-in.html", "qr-reload"): ("vneid.reload_qr",),
    ("vneid/templates/sign-in.html", "otp-resend"): ("otp.resend",),
    ("vneid/templates/sign-in.html", "otp-cancel"): ("otp.cancel",),
    ("vneid/templates/sign-in.html", "otp-confirm"): ("otp.confirm",),
    ("app/templates/log-in.html", "identity"): ("fields of app_login", "app_login.account"),
    ("app/templates/log-in.html", "password"): ("fields of app_login", "app_login.password"),
    ("app/templates/log-in.html", "log-in"): ("app_login.submit",),
    ("app/templates/log-in.html", "forgot-password"): ("app_login",),
    ("app/templates/home.html", "scan"): ("app_home.scan",),
    ("app/templates/request.html", "confirm"): ("app_confirm.confirm",),
    ("app/templates/passcode.html", "passcode"): ("app_passcode", "app_passcode.passcode"),
    ("app/templates/passcode.html", "passcode-confirm"): ("app_passcode.confirm",),
    ("app/templates/notice.html", "close"): ("app_notice.close",),
}

# Words that no control bears: headings, sentences, tabs. With the screen on which they are missed;
# without one, where the same words stand a second time on that screen, so that the screen still says
# what the guide says.
WORDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # its end is the province's, and both stand at the foot of the page as well
    ("portals/igate/templates/base.html", "brand-system", "HỆ THỐNG THÔNG TIN GIẢI QUYẾT", ()),
    (
        "portals/igate/templates/login.html",
        "citizens",
        "CÔNG DÂN/DOANH NGHIỆP ĐĂNG NHẬP",
        ("login",),
    ),
    # on the card below as well
    ("portals/igate/templates/login.html", "officials heading", "CÁN BỘ ĐĂNG NHẬP", ()),
    ("portals/igate/templates/_tabs.html", "account", "Quản lý tài khoản", ("account",)),
    ("portals/igate/templates/_tabs.html", "files", "Quản lý hồ sơ đã nộp", ("account",)),
    (
        *("portals/igate/templates/_tabs.html", "documents"),
        *("Kho dữ liệu cá nhân, tổ chức", ("account",)),
    ),
    # at the foot of the page as well
    ("vneid/templates/base.html", "centre", "Trung tâm dữ liệu Quốc gia về dân cư", ()),
    ("vneid/templates/sign-in.html", "title", "Đăng nhập VNeID", ("vneid",)),
    (
        *("vneid/templates/sign-in.html", "or by QR"),
        *("Hoặc quét mã QR bằng Ứng dụng VNeID để đăng nhập", ("vneid",)),
    ),
    ("vneid/templates/sign-in.html", "qr-here", "QUÉT MÃ ĐĂNG NHẬP TẠI ĐÂY", ("vneid",)),
    ("vneid/templates/sign-in.html", "code-title", "Xác thực OTP", ("otp",)),
    (
        *("vneid/templates/sign-in.html", "code-sent"),
        *("Vui lòng nhập mã OTP vừa gửi tới số điện thoại", ("otp",)),
    ),
    (
        *("app/templates/log-in.html", "please"),
        *("Vui lòng nhập thông tin đăng nhập để tiếp tục", ("app_login",)),
    ),
    ("app/templates/home.html", "level", "Định danh mức", ("app_home",)),
    ("app/templates/scan.html", "heading", "<h1>Quét mã QR", ("app_scan",)),
)

# `label("login", "Đăng nhập")`, also through the templates' own macros `choice` and `card`.
_LABEL = re.compile(r'\b(?:label|choice|card)\("(?P<name>[a-z-]+)", "(?P<words>[^"]+)"')


@dataclass(frozen=True)
class Label:
    """Words that stand in one place of one template.

    Attributes:
        template: its path below `staging/`.
        name: the label's own, or what we call these words.
        source: the words with as much around them as tells the place.
        words: a line break being a bar.
        meant: the `of` of claims that can be about it.
    """

    template: str
    name: str
    source: str
    words: str
    meant: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.template.replace('/templates', '')} {self.name}"

    @property
    def changed(self) -> str:
        """Other words, of which the first is new."""
        return re.sub(r"^\S+?(?=[\s|]|$)", "Mục", self.words)

    @property
    def systems(self) -> tuple[str, ...]:
        """The portal files of those who have this template."""
        return next(found for folder, found in SYSTEMS.items() if self.template.startswith(folder))

    def change(self, template: str) -> str:
        """The template with the other words."""
        return template.replace(self.source, self.source.replace(self.words, self.changed), 1)

    def is_named_by(self, claim: Claim) -> bool:
        """Whether a claim names this label. A text is named where its words are these."""
        about = f"fields of {claim.of}" if claim.kind == "fields" else claim.of
        if about not in self.meant or claim.kind not in ("control", "fields", "text"):
            return False
        words = self.words.replace("|", " ")
        return claim.kind != "text" or any(
            holds_words(one, other) for one, other in ((claim.words, words), (words, claim.words))
        )


def labels() -> list[Label]:
    """Every label of the templates that citizens can meet."""
    return [*_derived(), *_other_words()]


def _derived() -> Iterator[Label]:
    for folder in SYSTEMS:
        if folder.endswith(".html"):
            continue  # lies in the folder of its family
        for path in sorted((STAGING / folder).rglob("*.html")):
            template = path.relative_to(STAGING).as_posix()
            for found in _LABEL.finditer(path.read_text(encoding="utf-8")):
                name = found["name"]
                meant = MEANT.get((template, name), ())
                yield Label(template, name, found[0], found["words"], meant)


def _other_words() -> Iterator[Label]:
    for template, name, source, meant in WORDS:
        yield Label(template, name, source, source.rpartition(">")[2], meant)
