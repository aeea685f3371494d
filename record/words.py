"""The words of the record as people read them: Vietnamese, and English as an option."""

from __future__ import annotations

import os

from record.model import Fault

# key: (Vietnamese, English)
WORDS: dict[str, tuple[str, str]] = {
    # outcomes
    "matches": ("khớp", "matches"),
    "accepted": ("khác, đã chấp nhận", "accepted"),
    "drifted": ("sai lệch", "drifted"),
    "failed": ("hỏng", "failed"),
    "blocked": ("bị chặn", "blocked"),
    "internal": ("lỗi của bộ kiểm thử", "internal"),
    "not_reached": ("chưa tới", "not reached"),
    "not_checked": ("không kiểm tra", "not checked"),
    "walked": ("đi được, không có gì để đối chiếu", "done, with nothing to compare"),
    # verdicts
    "holds": ("đúng", "holds"),
    "differs": ("khác", "differs"),
    "unchecked": ("chưa kiểm tra", "unchecked"),
    # kinds of claims
    "address": ("địa chỉ", "address"),
    "control": ("tên nút", "name of the control"),
    "fields": ("các trường", "fields"),
    "options": ("các lựa chọn", "options"),
    "text": ("chữ trên màn hình", "text"),
    "moves_to": ("tự chuyển tới", "moves by itself to"),
    "shown_on": ("hiển thị trên trang của", "shown on the site of"),
    "digits": ("số chữ số của mã", "digits of the code"),
    "lifetime": ("hiệu lực của mã", "lifetime of the code"),
    "delivery": ("cách gửi mã", "delivery of the code"),
    "signed_in": ("trạng thái đăng nhập", "logged in or out"),
    "unannounced": ("màn hình hướng dẫn không nêu", "screen not announced"),
    # seats
    "desktop": ("máy tính", "desktop"),
    "phone": ("điện thoại", "phone"),
    "token": ("cửa sổ chương trình ký số", "signing program's window"),
    # headings
    "guide": ("hướng dẫn", "guide"),
    "journey": ("hành trình", "journey"),
    "outcome": ("kết quả", "outcome"),
    "steps": ("bước", "steps"),
    "seconds": ("giây", "seconds"),
    "what differs": ("điều khác biệt", "what differs"),
    "environment": ("môi trường", "environment"),
    "edition": ("phiên bản", "edition"),
    "results": ("Kết quả nằm ở", "Results"),
    # sentences
    "simulated, proves nothing": (
        "Đây là cổng mô phỏng trên máy này: kết quả không chứng minh gì về cổng thật.",
        "These are simulated portals on this machine: nothing is proven about the real ones.",
    ),
    "guide says": ("hướng dẫn ghi", "the guide says"),
    "seen": ("thực tế thấy", "seen"),
    "simulated portal": ("cổng mô phỏng", "simulated portal"),
    "planned, not seen": (
        "có trong kế hoạch nhưng không có kết quả",
        "planned, but no result was seen",
    ),
    "nothing to look at": (
        "không có gì trên màn hình để đối chiếu",
        "nothing of what is claimed could be looked at",
    ),
    "read-only": (
        "môi trường này chỉ đọc: không nhập tài khoản, mật khẩu hay mã",
        "this environment is read-only: no account, password or code is typed",
    ),
    # why we or our visitors stop, in clauses
    "budget spent": (
        "đã hết số lượt truy cập {host} được phép trong giờ này",
        "the budget of visits to {host} is spent for this hour",
    ),
    "credentials not allowed": (
        "môi trường này không cho phép dùng tài khoản",
        "this environment allows no credentials",
    ),
    "entry not allowed": (
        "trang đòi {what} tại {origin}, nơi môi trường “{environment}” không cho phép; chưa nhập gì",
        "{what} was asked for at {origin}, where environment “{environment}” does not allow it; "
        "nothing was typed",
    ),
    "visitor put aside": (
        "người dùng thử “{visitor}” bị từ chối lúc {since} ({why}); xem lại tài khoản, rồi cho dùng lại "
        "bằng `python monitor.py accounts` hoặc bỏ các dòng đó khỏi {file}",
        "visitor “{visitor}” was refused on {since} ({why}); look at the account, then give it back by "
        "`python monitor.py accounts`, or take its lines out of {file}",
    ),
    "entry missing": (
        "màn hình đòi {what}, mà người dùng thử này không có",
        "the screen asks for {what}, which this visitor has not",
    ),
    "channel missing": (
        "mã được gửi qua {channel}, mà người dùng thử này không nhận được",
        "the code comes by {channel}, which this visitor has not",
    ),
    "no code within": (
        "không có mã nào trong {seconds:g} giây",
        "no code within {seconds:g} seconds",
    ),
    "no answer within": (
        "không ai nhập mã trong {seconds:g} giây",
        "nobody typed a code within {seconds:g} seconds",
    ),
    "stopped unsafe": (
        "{host}: bộ kiểm thử đã chặn một yêu cầu có thể làm thay đổi dữ liệu",
        "{host}: we stopped a request that could change something",
    ),
    "page went away": ("trang biến mất giữa lúc thao tác", "the page went away while acting on it"),
    "no answer": ("trang không trả lời", "the page does not answer"),
    "own limit": (
        "đã hết {seconds:.0f} giây dành cho hành trình này",
        "the journey's own limit of {seconds:.0f} s is over",
    ),
    # what is typed
    "typed account": ("tài khoản", "an account"),
    "typed password": ("mật khẩu", "a password"),
    "typed code": ("mã xác thực", "a code"),
    "typed passcode": ("passcode", "a passcode"),
    "typed payload": ("nội dung mã QR", "what a QR code holds"),
    "typed pin": ("mã PIN", "a PIN"),
    "typed phone": ("số điện thoại", "a telephone number"),
    "typed detail": ("thông tin cá nhân", "personal details"),
    "by sms": ("tin nhắn SMS", "SMS"),
    "by app": ("ứng dụng VNeID", "the VNeID app"),
    # components
    "portal": ("cổng dịch vụ công", "this portal"),
    "VNeID": ("VNeID", "VNeID"),
    "national provider": ("Cổng Dịch vụ công quốc gia", "national provider"),
    "SMS": ("tin nhắn SMS", "SMS"),
    "signing service": ("dịch vụ ký số", "signing service"),
    "network": ("mạng", "network"),
    "ourselves": ("bộ kiểm thử", "ourselves"),
}

# kinds of faults
FAULTS: dict[str, tuple[str, str]] = {
    "dns": ("không tìm thấy tên miền", "name not found"),
    "connect": ("không kết nối được", "no connection"),
    "tls": ("chứng chỉ TLS không hợp lệ", "TLS certificate not valid"),
    "http": ("máy chủ trả lời lỗi", "HTTP error"),
    "timeout": ("quá thời gian chờ", "timeout"),
    "error page": ("trang báo lỗi", "error page"),
    "maintenance": ("đang bảo trì", "maintenance"),
    "moved": ("chuyển sang địa chỉ khác", "moved elsewhere"),
    "firewall": ("tường lửa ứng dụng chặn", "firewall page"),
    "captcha": ("yêu cầu captcha", "captcha"),
    "look-alike": ("trang giống thật ở địa chỉ lạ", "look-alike page at a strange address"),
    "guard": ("bị quy tắc an toàn của bộ kiểm thử chặn", "stopped by our own guard"),
    "account put aside": (
        "tài khoản thử nghiệm đã bị tạm ngưng dùng",
        "the test account has been put aside",
    ),
    "nobody answered": (
        "cần người nhập mã, không ai nhập",
        "a person was asked and did not answer",
    ),
    "browser gone": ("trình duyệt đã dừng giữa chừng", "the browser died"),
    "rejected credentials": ("tài khoản hoặc mật khẩu bị từ chối", "rejected credentials"),
    "account locked": ("tài khoản bị khoá", "account locked"),
    "level too low": ("tài khoản chưa đạt mức độ 2", "identification level too low"),
    "app not allowed": ("tài khoản chưa được cấp quyền", "account not allowed"),
    "code not delivered": ("mã OTP không tới", "code not delivered"),
    "code wrong": ("mã OTP không đúng", "code wrong"),
    "code expired": ("mã OTP đã hết hiệu lực", "code expired"),
    "qr unreadable": ("không đọc được mã QR", "QR code not readable"),
    "control gone": ("không còn nút hoặc trường", "control gone"),
    "screen gone": ("màn hình không còn nữa", "screen no longer comes"),
    "unknown screen": ("màn hình lạ", "unknown screen"),
    "refused": ("cổng từ chối", "refused"),
    "passcode wrong": ("passcode không đúng", "passcode wrong"),
    "session expired": ("phiên đăng nhập đã hết hạn", "session expired"),
    "qr expired": ("mã QR đã hết hạn", "QR code expired"),
    "qr not valid": ("mã QR không hợp lệ", "QR code not valid"),
    "qr used": ("mã QR đã được sử dụng", "QR code already used"),
    "login needed": ("phải đăng nhập trước", "login needed first"),
    "pin wrong": ("mã PIN không đúng", "PIN wrong"),
    "pin locked": ("mã PIN đã bị khoá", "PIN locked"),
    "token missing": ("không có USB Token", "no USB token"),
    "token locked": ("USB Token đã bị khoá", "USB token locked"),
    "signing cancelled": ("người ký huỷ bỏ", "signing cancelled"),
    "signing refused": ("người ký từ chối", "signing refused"),
    "signing timed out": ("quá thời gian chờ ký", "signing timed out"),
    "signing failed": ("ký số không thành công", "signing failed"),
    "signing program missing": ("chưa bật chương trình ký số", "signing program not running"),
    "signing service unreachable": (
        "không kết nối được dịch vụ ký số",
        "signing service unreachable",
    ),
    "signature not valid": ("chữ ký số không hợp lệ", "signature not valid"),
    "certificate not valid": ("chứng thư số không hợp lệ", "certificate not valid"),
    "revocation unknown": (
        "không kiểm tra được việc thu hồi chứng thư số",
        "revocation cannot be checked",
    ),
    "certificate expired": ("chứng thư số hết hạn", "certificate expired"),
    "certificate unknown": ("chứng thư số không gắn với tài khoản", "certificate of no account"),
    "no account": ("tài khoản không tồn tại", "no such account"),
    "no smartca account": ("không có tài khoản SmartCA", "no such SmartCA account"),
    "sim not registered": ("số chưa đăng ký sim ký số", "number has no signing SIM"),
    "number malformed": ("số điện thoại sai định dạng", "telephone number malformed"),
    "entry not accepted": ("thông tin nhập không được chấp nhận", "entry not accepted"),
    "not the subscriber": ("thuê bao không chính chủ", "not the subscriber's number"),
    "already registered": ("đã có tài khoản", "already registered"),
    "password rule": ("mật khẩu không đúng quy tắc", "password against the rule"),
    "passwords differ": ("hai lần nhập mật khẩu khác nhau", "the two passwords differ"),
    "not granted": ("chưa được phân quyền", "no right granted"),
}
WORDS |= FAULTS


def language() -> str:
    """`vi`, or `en` where GUIDEWATCH_LANGUAGE asks for it."""
    return "en" if os.environ.get("GUIDEWATCH_LANGUAGE", "vi").lower().startswith("en") else "vi"


def word(key: str, language_: str | None = None) -> str:
    """A word as people read it; the key itself where nobody has translated it yet.

    Args:
        key: an outcome, verdict, kind of claim, component, kind of fault, or one of our clauses.
        language_: `vi` or `en`; by default the one asked for by the environment.
    """
    vietnamese, english = WORDS.get(key, (key, key))
    return english if (language_ or language()) == "en" else vietnamese


def clause(key: str, language_: str | None = None, **values: object) -> str:
    """A clause with its values put in.

    Args:
        key: of the clause.
        language_: as for `word`.
        values: what it names.

    Raises:
        KeyError: a value is missing.
    """
    return word(key, language_).format(**values)


def of_fault(fault: Fault, language_: str | None = None) -> str:
    """A fault in one clause: who, what, and the page's own message."""
    clause = f"{word(fault.component, language_)}: {word(fault.kind, language_)}"
    return f"{clause} – {fault.message}" if fault.message else clause
