"""The sentences of the pages, in Vietnamese and in English; single words are in record/words.py."""

from __future__ import annotations

from record.words import WORDS, word

# key: (Vietnamese, English)
PHRASES: dict[str, tuple[str, str]] = {
    "report": ("Báo cáo hướng dẫn", "Guide report"),
    "skip": ("Tới nội dung chính", "Skip to the main part"),
    "simulated long": (
        "Cổng mô phỏng: các cổng được dựng trên một máy tính để kiểm thử. "
        "Kết quả này không chứng minh điều gì về cổng thật.",
        "Simulated portal: the portals were put up on one machine for testing. "
        "This result proves nothing about the real ones.",
    ),
    "summary": ("Tóm tắt cho lãnh đạo", "In short"),
    "hold": (
        "{hold} trên {steps} bước còn đúng như hướng dẫn đã công bố.",
        "{hold} of {steps} steps still hold as published.",
    ),
    "nothing": (
        "Lần chạy này không kiểm tra được bước nào.",
        "This run could not check a single step.",
    ),
    "correct": (
        "{count} bước phải sửa trong {guides} hướng dẫn: {places} chỗ cần viết lại.",
        "{count} steps to correct in {guides} guides: {places} places to rewrite.",
    ),
    "correct none": ("Không có bước nào phải sửa.", "No step has to be corrected."),
    "accepted count": (
        "{count} bước khác với hướng dẫn nhưng đã có người xem và chấp nhận.",
        "{count} steps differ as people have accepted.",
    ),
    "walked count": (
        "{count} bước đi được, nhưng không có gì để đối chiếu với hướng dẫn.",
        "{count} steps could be done, with nothing said or seen there that could be compared.",
    ),
    "open count": (
        "{count} bước chưa kết luận được (chưa tới, không kiểm tra, bị chặn hoặc lỗi của bộ kiểm thử).",
        "{count} steps without a conclusion (not reached, not checked, blocked, or our own fault).",
    ),
    "missing count": (
        "{count} hành trình có trong kế hoạch nhưng không có kết quả.",
        "{count} journeys were planned and have no result.",
    ),
    "which guides": ("Hướng dẫn nào phải sửa", "Which guides need correcting"),
    "title": ("Hướng dẫn", "Guide"),
    "steps hold": ("Bước còn đúng", "Steps that hold"),
    "steps to correct": ("Bước phải sửa", "Steps to correct"),
    "steps accepted": ("Đã chấp nhận", "Accepted"),
    "steps walked": ("Đi được, không có gì để đối chiếu", "Done, nothing to compare"),
    "steps open": ("Chưa kết luận", "No conclusion"),
    "conclusion": ("Kết luận", "Conclusion"),
    "must correct": ("Phải sửa", "To be corrected"),
    "differs as accepted": ("Khác, đã được chấp nhận", "Differs, as accepted"),
    "still true": ("Còn đúng", "Still true"),
    "not concluded": ("Chưa kết luận được", "No conclusion"),
    "what to write": ("Cần viết lại những gì", "What to write instead"),
    "what to write about": (
        "Lời văn ở cột “Đề xuất viết lại” do phần mềm soạn từ những gì đã thấy; người phụ trách hướng dẫn "
        "quyết định. Chữ gạch ngang là chữ bỏ đi, chữ gạch chân là chữ thêm vào.",
        "The last column is drafted by the program from what was seen; whoever is responsible for the "
        "guide decides. Struck through: taken out. Underlined: put in.",
    ),
    "where": ("Hướng dẫn, bước", "Guide, step"),
    "guide writes": ("Hướng dẫn ghi", "The guide says"),
    "today": ("Thực tế thấy", "Seen"),
    "write instead": ("Đề xuất viết lại", "Proposed instead"),
    "in journeys": ("Gặp ở hành trình", "Met in journeys"),
    "rewrite": (
        "Bước này không làm được nữa; cần viết lại.",
        "This step can no longer be done; rewrite it.",
    ),
    "not shown": ("Lần chạy này không cho biết", "What this run does not show"),
    "not shown simulated": (
        "Cổng thật hiện ra sao: mọi màn hình ở đây là của cổng mô phỏng{edition}.",
        "How the real portals look: every screen here is a simulated portal's{edition}.",
    ),
    "not shown edition": (" (phiên bản “{edition}”)", " (edition “{edition}”)"),
    "not shown screen": (
        "Chưa rõ hình dáng thật của “{screen}”: {why}",
        "The real look of “{screen}” is unknown: {why}",
    ),
    "not shown steps": (
        "Các bước chưa có kết luận, và vì sao",
        "Steps without a conclusion, and why",
    ),
    "not shown unchecked": (
        "{count} điều hướng dẫn nêu không kiểm tra được vì trên màn hình không có gì để xem.",
        "{count} claims could not be checked because nothing was there to look at.",
    ),
    "not shown pictures": (
        "{count} ảnh không được đưa vào tệp này để tệp còn mở được; chúng nằm trong thư mục của lần chạy.",
        "{count} pictures were left out so that this file still opens; they lie in the run's folder.",
    ),
    "no reason": ("Không ghi lý do.", "No reason was noted."),
    "look again": ("cần xem lại", "look again"),
    "acceptances": ("Các chấp nhận cần xem lại", "Acceptances to look at again"),
    "acceptance expired": ("Đã hết hạn ngày {until}.", "Expired on {until}."),
    "acceptance changed": (
        "Điều thấy được nay đã khác: “{now}”.",
        "What is seen has changed: “{now}”.",
    ),
    "acceptance not needed": (
        "Nay đã đúng như hướng dẫn; có thể bỏ chấp nhận này.",
        "It now holds; the acceptance can be taken out.",
    ),
    "acceptance gone": (
        "Màn hình này không còn hiện ra; có thể bỏ chấp nhận này.",
        "This screen comes no more; the acceptance can be taken out.",
    ),
    "acceptance entry": (
        "{guide}, {step}, {kind}: đã chấp nhận thấy “{seen}” ({who}: {why})",
        "{guide}, {step}, {kind}: accepted to see “{seen}” ({who}: {why})",
    ),
    "law": ("Căn cứ pháp lý mà hướng dẫn viện dẫn", "Legal basis that the guides cite"),
    "law cites": ("Viện dẫn", "Cites"),
    "law state": ("Tình trạng", "State"),
    "in force": ("còn hiệu lực", "in force"),
    "superseded": ("đã bị thay thế bởi {by} từ {since}", "superseded by {by} from {since}"),
    "law source": ("Nguồn", "Source"),
    "details": ("Chi tiết từng hướng dẫn", "Every guide in detail"),
    "document": ("Tài liệu", "Document"),
    "published": ("công bố", "published"),
    "since": ("Từ {when}", "Since {when}"),
    "since at least": ("Ít nhất từ {when}", "Since {when} or longer"),
    "before": ("trước đó: “{before}”", "before: “{before}”"),
    "claim": ("Điều hướng dẫn nêu", "Claim"),
    "origin": ("Nguồn", "Origin"),
    "prose": ("lời văn", "prose"),
    "screenshot": ("ảnh trong hướng dẫn", "screenshot"),
    "ours": ("người đọc hiểu ngầm", "taken for granted"),
    "verdict": ("Kết luận", "Verdict"),
    "since head": ("Từ khi nào", "Since when"),
    "nothing seen": ("không có gì để xem", "nothing to look at"),
    "accepted by": (
        "Đã chấp nhận bởi {who} tới {until}: {why}",
        "Accepted by {who} until {until}: {why}",
    ),
    "address after": ("Địa chỉ sau thao tác", "Address afterwards"),
    "came unannounced": (
        "Màn hình hướng dẫn không nêu: {screen}",
        "Screen not announced: {screen}",
    ),
    "dialog": ("Hộp thoại của trình duyệt: {words}", "The browser's own dialog: {words}"),
    "picture of": ("Ảnh {seat}, {step}", "Picture of the {seat}, {step}"),
    "picture marked": ("; “{name}” được đóng khung đỏ", "; “{name}” framed in red"),
    "picture left out": ("Ảnh: {file}", "Picture: {file}"),
    # headings of the CSV that stand nowhere else
    "step": ("bước", "step"),
    "reason": ("lý do", "reason"),
    "words of the guide": ("lời hướng dẫn", "words of the guide"),
    "who accepted": ("người chấp nhận", "accepted by"),
    "accepted until": ("chấp nhận tới", "accepted until"),
    "picture": ("ảnh", "picture"),
    "trace": ("Xem vết duyệt trên máy này: {command}", "See the trace on this machine: {command}"),
    "proposal": ("Cho tệp cổng", "For the portal file"),
    "about run": ("Lần chạy và bằng chứng", "The run and its evidence"),
    "run": ("Lần chạy", "Run"),
    "walked": ("Bắt đầu – kết thúc", "From – to"),
    "not ended": ("chưa kết thúc", "not ended"),
    "who": ("Người chạy", "Who ran it"),
    "who unknown": ("không ghi lại", "not noted"),
    "browser": ("Trình duyệt", "Browser"),
    "suite": ("Bộ kiểm thử", "Suite"),
    "guide hash": ("SHA-256 tệp hướng dẫn", "SHA-256 of the guide file"),
    "portal hash": ("SHA-256 tệp cổng", "SHA-256 of the portal file"),
    "manifest": ("SHA-256 bản kê bằng chứng", "SHA-256 of the manifest"),
    "not sealed": ("chưa niêm phong", "not sealed"),
    "drawn": ("Báo cáo lập lúc", "Report drawn"),
    "table": ("bảng", "table"),
    "contents": ("Mục lục", "Contents"),
    "step count": ("{count} bước", "{count} steps"),
    # the command line
    "begun later": (
        "lần chạy {later} bắt đầu sau và chưa kết thúc (đang chạy hoặc đã bị ngắt); đây là lần chạy {run}.",
        "run {later} was started later and has not ended (under way or killed); this is run {run}.",
    ),
    # evidence
    "chain head": (
        "đầu chuỗi bằng chứng: số {number}, {run}, {sha256}",
        "head of the chain: number {number}, {run}, {sha256}",
    ),
    "run not sealed": ("lần chạy chưa được niêm phong: {why}", "the run is not sealed: {why}"),
    "run sealed": ("{run}: đã niêm phong {files} tệp", "{run}: {files} files sealed"),
    "nothing to verify": (
        "trong {runs} không có lần chạy nào đã niêm phong; không có gì để kiểm tra",
        "no sealed run lies in {runs}; there is nothing to verify",
    ),
    "verified": (
        "{runs} lần chạy, {files} tệp, {removed} tệp đã xoá có chủ đích; {problems} vấn đề",
        "{runs} runs, {files} files, {removed} removed on purpose; {problems} problems",
    ),
    "tidied run": ("{run}: đã xoá {files} tệp", "{run}: {files} files removed"),
    "tidied not": ("{problem}; giữ nguyên", "{problem}; left as it is"),
    "tidied unsealed": (
        "{run}: chưa bao giờ được niêm phong; đã xoá cả lần chạy",
        "{run}: was never sealed; the whole run was removed",
    ),
    "tidied published": (
        "{place}: đã rút báo cáo cũ; có thể lập lại từ lần chạy",
        "{place}: the old report was withdrawn; it can be drawn again from the run",
    ),
    "no runs": ("không có thư mục {runs}", "there is no folder {runs}"),
    "tidied": ("Đã xoá {files} tệp", "{files} files removed"),
    "file changed": ("{run}: {file} đã bị thay đổi", "{run}: {file} was changed"),
    "file missing": ("{run}: {file} bị mất", "{run}: {file} is missing"),
    "file added": ("{run}: {file} đã bị thêm vào", "{run}: {file} was added"),
    "file unsigned": (
        "{run}: {file} đã bị thay đổi: chữ ký không khớp",
        "{run}: {file} was changed: its signature does not fit",
    ),
    "file unreadable": (
        "{run}: {file} đã bị thay đổi: không đọc được",
        "{run}: {file} was changed: it cannot be read",
    ),
    "file of another": ("{run}: {file} là của {other}", "{run}: {file} is that of {other}"),
    "file known otherwise": (
        "{run}: {file} đã bị thay đổi: {by} ghi một bản khác",
        "{run}: {file} was changed: {by} knows another",
    ),
    "removal changed": (
        "{run}: {file} đã bị thay đổi, hoặc là bản sao của một tệp khác",
        "{run}: {file} was changed, or is a copy of another",
    ),
    "run missing": (
        "{run}: cả lần chạy bị mất (số {number})",
        "{run}: the whole run is missing (number {number})",
    ),
    "run missing newest": (
        "{run}: cả lần chạy bị mất (số {number}, mới nhất)",
        "{run}: the whole run is missing (number {number}, the newest)",
    ),
    "run reordered": (
        "{run}: đã bị đổi thứ tự: lần chạy này nối sau {previous}",
        "{run}: was reordered: it follows {previous}",
    ),
    "run begins a chain": (
        "{run}: mở một chuỗi riêng sau {before}",
        "{run}: begins a chain of its own after {before}",
    ),
    "run number left out": (
        "số {number}: khi niêm phong {run}, {head} đã bị mất hoặc bị thay đổi; các lần chạy trước đó có "
        "thể đã bị xoá",
        "number {number}: {head} was gone or changed when {run} was sealed; the runs before it may "
        "have been removed",
    ),
    "added beside": (
        "{name}: đã bị thêm vào bên cạnh các lần chạy",
        "{name}: was added beside the runs",
    ),
    "head missing": ("{head} bị mất", "{head} is missing"),
    "head changed": (
        "{head} đã bị thay đổi: chữ ký không khớp",
        "{head} was changed: its signature does not fit",
    ),
    "head sent out": (
        "không lần chạy nào có bản kê {head} đã gửi đi: các lần chạy mới nhất đã bị xoá hoặc thay đổi",
        "no run has the manifest {head} that was sent out: the newest runs were removed or changed",
    ),
    "run never sealed": (
        "{run}: đã kết thúc nhưng chưa bao giờ được niêm phong: không phải bằng chứng",
        "{run}: ended, and was never sealed: no evidence",
    ),
    "run under way": (
        "{run}: đang chạy hoặc đã bị ngắt, chưa niêm phong: không phải bằng chứng",
        "{run}: under way or broken off, not sealed: no evidence",
    ),
    # the gate
    "gate passes": ("ĐẠT", "PASSES"),
    "gate fails": ("KHÔNG ĐẠT", "FAILS"),
    "rule journeys": ("Số hành trình đã đi", "Journeys walked"),
    "rule ended": ("Lần chạy đã kết thúc", "The run ended"),
    "rule fresh": ("Lần chạy còn mới", "The run is fresh"),
    "rule plan": ("Kế hoạch khớp với bản ghi", "Plan and record agree"),
    "rule guides": ("Đủ hướng dẫn và cổng", "Every guide and portal is present"),
    "rule judge": ("Điều làm lần chạy không đạt", "Findings that fail the run"),
    "rule accepted": (
        "Chấp nhận đã hết hạn hoặc không còn đúng điều thấy được",
        "Acceptances expired or overtaken",
    ),
    "rule reasons": ("Bước chưa đi mà không có lý do", "Steps unwalked without a reason"),
    "rule whole": ("Chỗ hỏng của bản ghi", "Breaks in the record"),
    "rule pictures": ("Ảnh có đủ", "Pictures that are there"),
    "rule allure": ("Kết quả Allure trên số hành trình", "Allure results of journeys"),
    "rule sealed": ("Đã niêm phong, bằng chứng nguyên vẹn", "Sealed, and as it was sealed"),
    "seen, not planned": ("có kết quả nhưng không có trong kế hoạch", "seen, not planned"),
    "seal it": (
        "chưa niêm phong; chạy `python -m reporting seal`",
        "not sealed; run `python -m reporting seal`",
    ),
    "record missing": ("{file} bị mất", "{file} is missing"),
    "line unreadable": ("{place}: không đọc được", "{place}: cannot be read"),
    "line cut short": ("{place}: bị cắt cụt", "{place}: is cut short"),
    "journey unpublished": (
        "{journey}: không có hành trình nào như vậy được công bố",
        "{journey}: no such journey is published",
    ),
    "steps amiss": (
        "{journey}: các bước không đúng như trong hướng dẫn",
        "{journey}: its steps are not the guide's",
    ),
    "outcome without reason": (
        "{journey}, {step}: {outcome}, không ghi lý do",
        "{journey}, {step}: {outcome}, no reason",
    ),
    # accepting
    "accept open": (
        "{count} khác biệt chưa được chấp nhận; chọn một bằng --guide, --step, --kind, --words",
        "{count} open differences; choose one with --guide, --step, --kind, --words",
    ),
    "accept say": (
        "hãy nêu --who ai chấp nhận, --why vì sao, và --until tới ngày nào",
        "say --who accepts it, --why, and --until which day",
    ),
    "accept fit": (
        "{count} khác biệt phù hợp; chỉ chấp nhận được đúng một khác biệt",
        "{count} differences fit; exactly one can be accepted",
    ),
    "accept past": (
        "--until là ngày đã qua; hãy nêu một ngày sắp tới",
        "--until lies in the past; name a day to come",
    ),
    "accept nobody": (
        "không có ai để trả lời; hãy thêm --yes",
        "nobody is there to answer; add --yes",
    ),
    "accept ask": ("Chấp nhận khác biệt này? (c/không) ", "Accept this difference? (y/no) "),
    "accept no": ("Không chấp nhận; không ghi gì.", "Not accepted; nothing was written."),
    "accept done": ("Đã ghi vào {file}, tới ngày {until}.", "Written to {file}, until {until}."),
    "accept replaced": (
        "Thay mục cũ: thấy “{seen}”, tới ngày {until}.",
        "In place of an older entry: “{seen}”, until {until}.",
    ),
    # the living guide
    "living": ("Hướng dẫn làm mới", "The living guide"),
    "living about": (
        "Bản này được lập lại từ lần chạy {run} ngày {when}: giữ nguyên lời văn đã công bố ở chỗ còn đúng; "
        "chỗ không còn đúng có lời văn đề xuất, được đánh dấu “Đề xuất”, chờ người phụ trách quyết định.",
        "Made anew from run {run} of {when}: the published words where they still hold; where they do not, "
        "wording marked “Proposed”, for whoever is responsible to decide.",
    ),
    "living proposals": ("Số chỗ có đề xuất: {count}.", "Places with a proposal: {count}."),
    "law living": ("Căn cứ pháp lý", "Legal basis"),
    "proposed": ("Đề xuất", "Proposed"),
    "added screen": ("Đề xuất bổ sung", "Proposed addition"),
    "accepted screen": ("Màn hình đã được chấp nhận", "Accepted screen"),
    "as accepted": (
        "Trên màn hình ghi: “{seen}” (khác biệt đã được chấp nhận).",
        "The screen says: “{seen}” (an accepted difference).",
    ),
    "not verified": (
        "Chưa kiểm chứng trong lần chạy này: {reason}",
        "Not verified in this run: {reason}",
    ),
    "cannot be done": (
        "Không làm được như hướng dẫn: {reason}",
        "Cannot be done as the guide says: {reason}",
    ),
    "as above": ("{steps}: như ở mục {section}.", "{steps}: as in section {section}."),
    "step picture": ("Hình {number}", "Figure {number}"),
    "masked": (
        "Dữ liệu cá nhân trong ảnh được che.",
        "Personal data in the pictures is covered.",
    ),
    "masked as known": (
        "Trên ảnh của màn hình không nhận ra được, chỉ che được những chỗ đã biết.",
        "On pictures of screens that were not recognised only the places that are known are covered.",
    ),
}


def phrase(key: str, language: str, **values: object) -> str:
    """A sentence with its values put in, or a word of the record.

    Raises:
        KeyError: a value is missing, or nobody has written this sentence.
    """
    if key in PHRASES:
        vietnamese, english = PHRASES[key]
        return (english if language == "en" else vietnamese).format(**values)
    if key not in WORDS:
        raise KeyError(key)
    return word(key, language)
