"""The monitor's words as people read them, beside the record's: Vietnamese, and English."""

from __future__ import annotations

from monitoring.state import Seen
from record import words as record_words
from record.model import Fault

WORDS: dict[str, tuple[str, str]] = {
    "open": ("SỰ CỐ", "OUTAGE"),
    "notice": ("CẦN XEM", "TO BE LOOKED AT"),
    "closed": ("ĐÃ HẾT", "ALL CLEAR"),
    "reminder": ("VẪN CÒN", "STILL THERE"),
    "escalated": ("CHƯA AI NHẬN", "NOBODY HAS TAKEN IT"),
    "drill": ("DIỄN TẬP", "DRILL"),
    "simulated": ("MÔ PHỎNG", "SIMULATED"),
    "flapping": (
        "Chập chờn: lúc được lúc hỏng; chỉ báo một lần cho tới khi ổn định.",
        "Flapping: it comes and goes; said once, until it is calm.",
    ),
    "what": ("Sự việc", "What"),
    "where": ("Nơi xảy ra", "Where"),
    "since": ("Từ lúc", "Since"),
    "lasted": ("Kéo dài", "Lasted"),
    "step": ("Bước trong hướng dẫn", "Step of the guide"),
    "seen": ("Thấy gì", "Seen"),
    "evidence": ("Bằng chứng", "Evidence"),
    "runbook": ("Cách xử lý", "Runbook"),
    "reference": ("Mã thông báo", "Reference"),
    "simulated sentence": (
        "Đây là cổng mô phỏng; không nói gì về cổng thật.",
        "This is a simulated portal; it proves nothing about the real one.",
    ),
    "drill sentence": (
        "Đây là diễn tập do {by} bắt đầu. Không có sự cố nào cả.",
        "This is a drill, begun by {by}. Nothing is wrong.",
    ),
    "portals": ("{count} cổng", "{count} portals"),
    "control gone": (
        "{name}: không còn nút hoặc trường mà hướng dẫn nêu",
        "{name}: a control that the guide names is gone",
    ),
    "blocked": ("{name}: bị chặn, cần người xem", "{name}: blocked, a person is needed"),
    "account": (
        "Tài khoản thử nghiệm {name} bị từ chối; đã ngưng dùng, không thử lại",
        "Test account {name} was refused; put aside, not tried again",
    ),
    "ourselves": (
        "Bộ giám sát tự gặp lỗi; không phải lỗi của cổng",
        "The monitor itself is broken; not the portals",
    ),
    "own network": (
        "Mạng của bộ giám sát bị mất; không cổng nào bị coi là hỏng",
        "The monitor's own network is down; no portal is blamed",
    ),
    "does not work": ("{name} không dùng được", "{name} does not work"),
    "summary": ("Tổng hợp ngày {day}", "Summary of {day}"),
    "summary drifts": (
        "Khác với hướng dẫn từ lần tổng hợp trước:",
        "Different from the guides since the last summary:",
    ),
    "drift stands": ("vẫn khác, từ {since}", "still differs, since {since}"),
    "drift over": ("nay lại khớp, thấy khác lần cuối {last}", "matches again, last seen {last}"),
    "summary certificates": (
        "Chứng chỉ TLS sắp hết hạn:",
        "TLS certificates that will expire soon:",
    ),
    "chain": ("Đầu chuỗi bằng chứng", "Head of the chain of evidence"),
    "chain warning": (
        "CẢNH BÁO: bằng chứng đã gửi lần trước không còn nguyên",
        "WARNING: evidence that was sent last is no longer as it was",
    ),
    "chain broken": (
        "Lượt chạy mới nhất của lần gửi trước đã biến mất hoặc bị thay thế.",
        "The run that was the newest in the last message has disappeared or was replaced.",
    ),
    "chain before": (
        "Lần gửi trước: lượt số {number}, {run}, SHA-256 {sha256}",
        "Last message: number {number}, {run}, SHA-256 {sha256}",
    ),
    "chain now": (
        "Lượt chạy đã niêm phong mới nhất: số {number}, {run}, SHA-256 {sha256}",
        "The newest sealed run: number {number}, {run}, SHA-256 {sha256}",
    ),
    "chain gone": (
        "Không còn đọc được đầu chuỗi nào.",
        "No head of a chain can be read any more.",
    ),
    "chain how": (
        "Giữ thông báo này ở nơi khác; về sau kiểm tra bằng:",
        "Keep this message elsewhere; later on check with:",
    ),
    "audience duty": ("nhóm trực", "people on duty"),
    "audience quality": ("nhóm kiểm thử", "quality engineers"),
    "audience operator": ("người vận hành bộ giám sát", "whoever runs the monitor"),
    "audience escalation": ("tuyến hai", "second line"),
    "up": ("hoạt động", "works"),
    "down": ("không dùng được", "does not work"),
    "attention": ("cần xem", "to be looked at"),
    "maintenance": ("bảo trì", "maintenance"),
    "off hours": ("ngoài giờ phục vụ", "outside service hours"),
    "unknown": ("chưa rõ", "not known"),
    "last run": ("Lượt chạy gần nhất", "Last run"),
    "letters waiting": ("Thông báo chờ gửi", "Alerts waiting to be sent"),
    "counted": ("Khoảng thời gian được tính", "Period counted"),
    "whole_days": (
        "Số liệu từng giờ của ngày đầu hoặc ngày cuối không còn giữ: tính trọn ngày đó.",
        "The hours of the first or the last day are no longer kept: the whole of that day counts.",
    ),
    "forgotten": (
        "Số liệu cũ hơn không còn được giữ.",
        "Nothing older than that is kept.",
    ),
    "left out": ("Chưa chạy được", "Left out"),
    "budget of visits spent": ("đã hết hạn mức truy cập trong giờ", "budget of visits spent"),
    "another run has it": ("lượt chạy khác đang dùng", "another run has it"),
    "our own network is down": ("mạng của bộ giám sát bị mất", "our own network is down"),
    "to detect": ("Thời gian phát hiện trung bình", "Mean time to detect"),
    "to recover": ("Thời gian khôi phục trung bình", "Mean time to recover"),
    "still open": ("chưa hết", "still open"),
    "taken by": ("người nhận", "taken by"),
    "no incidents": ("Không có sự cố nào.", "There are no incidents."),
    "everything": ("tất cả", "everything"),
    "nothing planned": ("Không có bảo trì nào theo kế hoạch.", "Nothing is planned."),
    "work ended": ("đã kết thúc", "ended"),
    "muted until": ("tạm tắt thông báo tới", "muted until"),
    "change opened": ("mở sự cố", "opened"),
    "change joined": ("thêm hành trình", "journey joined"),
    "change left": ("hành trình đã ổn", "journey recovered"),
    "change flapping": ("chập chờn", "flapping"),
    "change told": ("đã báo", "told"),
    "change untold": ("không có kênh nào để báo", "no channel to tell"),
    "change reminded": ("nhắc lại", "reminded"),
    "change escalated": ("báo tuyến hai", "escalated"),
    "change acknowledged": ("đã có người nhận", "acknowledged"),
    "change muted": ("tạm tắt thông báo", "muted"),
    "change closed": ("hết sự cố", "closed"),
    "days left": ("còn {days} ngày", "{days} days left"),
}


# Why no result came of a journey; kept by its key, worded when it is shown.
OURS: dict[str, tuple[str, str]] = {
    "silent": ("không có kết quả nào trong {said} giây", "no result for {said} seconds"),
    "unended": ("lượt kiểm tra không tự kết thúc", "the run did not end by itself"),
    "over": ("lượt kiểm tra đã hết thời gian", "the time of the run is over"),
    "ended": ("lượt kiểm tra dừng giữa chừng", "the run ended before its time"),
    "interrupted": ("bộ giám sát bị ngắt giữa chừng", "the monitor was interrupted"),
}


def of_ours(kind: str, said: str, language: str) -> str:
    """Why no result came, in one clause; `said`: the seconds, or last words nobody can translate."""
    text = OURS[kind][1 if language == "en" else 0]
    if "{said}" in text:
        return text.format(said=said)
    return f"{text}: {said}" if said else text


def of_seen(seen: Seen, language: str) -> str:
    """What a check saw when it failed, in one clause."""
    if seen.component == "ourselves" and seen.kind in OURS:
        return of_ours(seen.kind, seen.message, language)
    fault = Fault.model_construct(component=seen.component, kind=seen.kind, message=seen.message)
    return record_words.of_fault(fault, language)


def of_event(change: str, what: str, language: str) -> str:
    """One line of an incident's history: what changed, and for whom or by whom."""
    if change in ("told", "untold"):
        what = ", ".join(word(f"audience {told}", language) for told in what.split(", "))
    return " · ".join(part for part in (word(f"change {change}", language), what) if part)


def word(key: str, language: str, **values: object) -> str:
    """One of the monitor's words, with its gaps filled; else one of the record's."""
    if key not in WORDS:
        return record_words.word(key, language)
    text = WORDS[key][1 if language == "en" else 0]
    return text.format(**values) if values else text
