"""The signing program on the visitor's machine: its replies, its windows, its failures."""

import json

import pytest
from national_visitors import AGENT
from pkcs11 import Attribute, ObjectClass

from config.portals import Portal
from config.strict import CONFIG, load
from staging import hosts
from staging.scene import Scene
from staging.token_agent import sites
from staging.token_agent.softhsm import MISSING, NoSoftHsmError, SoftHsm
from staging.token_agent.tokens import Tokens

CLASS, CERTIFICATE = Attribute.CLASS, ObjectClass.CERTIFICATE


def test_the_plugin_check_says_that_it_is_there(token_page):
    with token_page.connected():
        token_page.call(7, "")
        assert token_page.reply() == "1"


def test_the_window_says_which_page_asks(token_page, client):
    with token_page.connected():
        token_page.call(0, "")
        assert "xacthuc.dichvucong.gov.vn" in client.get(token_page.window()).text


def test_a_cancelled_choice_is_told_to_the_page(token_page, client):
    with token_page.connected():
        token_page.call(0, "")
        client.post(token_page.window(), data={"decision": "cancel"})
        assert json.loads(token_page.reply())["Error"] == "Người dùng huỷ bỏ thao tác"


def test_a_wrong_pin_is_told_with_the_tries_that_are_left(token_page, scene):
    with token_page.connected():
        chosen = token_page.chooses(scene.organisation("mot"))
        answer = token_page.signs(b"x", chosen["Serial"], "00000000")
    assert answer == {"Status": 3, "Error": "Mã PIN không đúng, còn 4 lần thử"}


def test_five_wrong_pins_lock_the_token(token_page, scene):
    with token_page.connected():
        chosen = token_page.chooses(scene.organisation("mot"))
        answers = [token_page.signs(b"x", chosen["Serial"], "00000000") for _ in range(5)]
    assert answers[-1] == {"Status": 4, "Error": "Thiết bị USB Token đã bị khoá"}


def test_a_locked_token_asks_for_no_pin(token_page, scene):
    with token_page.connected():
        chosen = token_page.chooses(scene.organisation("khoa-thiet-bi"))
        token_page.call(9, "AAAA", str(chosen["Serial"]))
        assert json.loads(token_page.reply())["Status"] == 4


def test_without_a_token_nothing_can_be_chosen(token_page, scene):
    scene.faults.set("token-absent", {})
    with token_page.connected():
        token_page.call(0, "")
        assert json.loads(token_page.reply())["Error"] == "Không tìm thấy thiết bị USB Token"


def test_a_certificate_is_read_off_its_token(tmp_path):
    scene = Scene(tmp_path)
    tokens = Tokens(scene)
    written = tokens.certificates()[0]
    with SoftHsm(tmp_path / "softhsm").module() as module:
        token = module.get_token(token_label=written.token)
        with token.open(rw=True, user_pin="12345678") as session:
            next(iter(session.get_objects({CLASS: CERTIFICATE}))).destroy()
    assert written.token not in {found.token for found in tokens.certificates()}
    scene.engine.dispose()


def test_what_the_plugin_cannot_do_it_says(token_page):
    with token_page.connected():
        token_page.call(4, "")
        answer = {"Status": 9, "Error": "Chức năng không được hỗ trợ"}
        assert json.loads(token_page.reply()) == answer


def test_without_a_window_the_desktop_is_empty(client):
    assert "Không có cửa sổ nào đang mở" in client.get(f"{AGENT}/").text


def test_without_softhsm_only_the_token_way_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("staging.token_agent.softhsm.shutil.which", lambda _name: None)
    scene = Scene(tmp_path)
    with pytest.raises(NoSoftHsmError, match="Chưa cài đặt SoftHSM2"):
        Tokens(scene).certificates()
    scene.engine.dispose()


def test_a_missing_softhsm_is_told_to_the_page_as_ours(token_page, monkeypatch):
    def missing(_tokens):
        raise NoSoftHsmError(MISSING)

    monkeypatch.setattr(Tokens, "certificates", missing)
    with token_page.connected():
        token_page.call(0, "")
        said = f"Ký số không thành công:8:{json.loads(token_page.reply())['Error']}"
    messages = load(CONFIG / "portals" / "national-provider.yaml", Portal).messages
    meant = next(message for message in messages if message.says in said)
    assert (meant.component, meant.kind) == ("ourselves", "internal")


@pytest.fixture
def listening(tmp_path):
    """On which ports the program answers, by the faults that are on."""
    scene = Scene(tmp_path)
    ports = {site.host: site.refuses for site in sites(scene) if site.websockets}

    def under(name=None, **parameters):
        if name:
            scene.faults.set(name, parameters)
        return [host for host, refuses in ports.items() if not refuses()]

    yield under
    scene.engine.dispose()


def test_the_program_listens_on_the_first_of_its_ports(listening):
    assert listening() == [hosts.TOKEN_PLUGIN[0]] == ["localhost:4433"]


def test_a_stopped_program_listens_nowhere(listening):
    assert listening("token-agent-stopped") == []


def test_the_program_may_listen_on_another_of_its_ports(listening):
    assert listening("token-agent-port", port=9201) == ["localhost:9201"]
