"""The command line and the configuration: sentences, exit codes, answers for scripts."""

import json
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from monitor_receivers import webhook
from monitor_scene import check
from sqlalchemy import insert, select

import monitoring.duty
from config.environments import environment
from config.monitor import Monitor, monitor
from config.strict import CONFIG, Mistake
from monitoring import left_out, tables
from monitoring.commands import main
from monitoring.keeping import Keeper
from monitoring.outbox import post
from monitoring.place import Place
from monitoring.planning import Watched
from monitoring.state import DrillBegun
from monitoring.telling import Message
from world.names import Names

EXAMPLES = Path(monitoring.duty.__file__).parent / "examples"


@pytest.fixture
def run(tmp_path, capsys, store, store_url):
    """Run a command with a configuration of its own; exit code, output, errors."""
    path = tmp_path / "monitor.yaml"

    def go(*arguments, more="", place=None, give_back=lambda _config, _account: False):
        @contextmanager
        def there(_config, _embedded):
            assert place is not None, "this command walks nothing"
            yield place

        url = store_url or f"sqlite:///{tmp_path}/monitor.sqlite"
        path.write_text(f"environment: embedded\nstore: {url}\n{more}", encoding="utf-8")
        command, *rest = arguments
        code = main([command, "--config", str(path), *rest], there, give_back)
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_a_mistake_names_file_line_and_remedy(run):
    code, _, said = run("status", more="cadence: {evry: 5m}\n")
    assert code == 2
    assert "monitor.yaml:3: unknown key “cadence.evry”; did you mean “every”?" in said


def test_a_duration_that_is_none_is_explained(run):
    assert (
        "“soon” is no duration; write 90s, 5m, 4h or 30d"
        in run("status", more="cadence: {every: soon}\n")[2]
    )


def test_a_value_that_is_missing_from_the_environment_is_named(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(
        "environment: embedded\nchannels:\n- {channel: a, tells: [duty], url: '${NOT_SET}'}\n"
    )
    with pytest.raises(Mistake, match=r"m.yaml:3: the value NOT_SET is missing"):
        monitor(path, {})


def test_the_configuration_that_is_shipped_is_well_formed():
    assert monitor(CONFIG / "monitor.yaml", {}).cadence.every == 300.0


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:secret@h/d", "sqlite://"])
def test_an_address_of_no_store_is_a_sentence_without_its_password(tmp_path, capsys, url):
    path = tmp_path / "m.yaml"
    path.write_text(f"environment: embedded\nstore: {url}\n")
    assert main(["status", "--config", str(path)], None, None) == 2
    said = capsys.readouterr().err
    assert "m.yaml:2: this is no address of a store; write sqlite:///path" in said
    assert "secret" not in said


def test_a_file_that_is_no_database_is_a_sentence(tmp_path, capsys):
    path = tmp_path / "m.yaml"
    path.write_text(f"environment: embedded\nstore: sqlite:///{path}\n")
    assert main(["status", "--config", str(path)], None, None) == 3
    assert "file is not a database); name another file" in capsys.readouterr().err


def test_a_channels_address_of_no_kind_names_its_line(run):
    said = run(
        "drill", "--by", "Hà", more="channels: [{channel: a, tells: [duty], url: nonsense}]\n"
    )
    assert "monitor.yaml:3: channel “a”: its address is of no kind" in said[2]


def test_status_of_an_empty_store_is_well(run):
    code, out, _ = run("status", "--json")
    assert (code, json.loads(out)["portals"]) == (0, [])


def test_status_tells_what_was_left_out_and_why(run, store):
    left_out.note(store, ["g/a"], {"g/a": left_out.BUDGET}, ["g/a"], 1.8e9)
    said = "Chưa chạy được: g/a – đã hết hạn mức truy cập trong giờ (15/01/2027 15:00)"
    assert said in run("status")[1]
    assert json.loads(run("status", "--json")[1])["left_out"][0]["journey"] == "g/a"


@pytest.fixture
def read_only():
    """Three portals of production, whose journeys all come to VNeID."""
    vneid = (("sso.test", "VNeID"),)
    plan = [Watched(f"{name}/citizen", name, "", name, f"{name}.test", vneid) for name in "abc"]
    return Place(environment("production"), Names(), plan, None, False)


def test_a_journey_that_is_walked_less_often_than_its_portal_takes_fewer_visits(run, read_only):
    own = "portals: {a: {journeys: {a/citizen: {every: 12h}}}}\n"
    _, _, said = run("start", more=f"cadence: {{every: 10m}}\n{own}", place=read_only)
    assert "takes up to 18 visits an hour" in said and "set “every” to 20m" in said


def test_a_cadence_that_the_budgets_do_not_allow_is_refused_at_the_start(run, read_only):
    code, _, said = run("start", more="cadence: {every: 20m}\n", place=read_only)
    assert code == 2
    assert said.endswith(
        "monitor.yaml:3: 3 journeys come to sso.test, which takes up to 15 visits an hour, and 12 "
        "are allowed; set “every” to 30m, or raise visits_per_hour of the environment "
        "“production”\n"
    )


def test_a_period_can_be_had_as_csv(run):
    assert run("status", "--since", "30d", "--csv")[1].startswith("portal,journey,up,down,excused")


def test_the_period_that_was_really_counted_is_told(run):
    asked = ("--since", "2026-01-05T08:30", "--until", "2026-01-05T09:10")
    answer = json.loads(run("status", *asked, "--json")[1])
    assert answer["until"] - answer["since"] in (7200, 86400)  # by when hours are no longer kept
    assert "Khoảng thời gian được tính: 05/01/2026" in run("status", *asked)[1]


@pytest.mark.parametrize("until", ["2026-01-04", "2026-01-05"])
def test_a_period_that_ends_before_it_begins_is_refused(run, until):
    code, out, said = run("status", "--since", "2026-01-05", "--until", until)
    assert (code, out) == (2, "") and "exchange --since and --until" in said


@pytest.mark.parametrize("more", [("--csv",), ("--until", "1d")])
def test_a_period_without_a_beginning_is_refused(run, more):
    assert "say when the period begins" in run("status", *more)[2]


def test_a_time_that_is_none_is_explained(run):
    assert "write 24h, 30d or 2026-11-01T08:00" in run("status", "--since", "yesterday")[2]


def test_an_unknown_incident_is_a_sentence(run):
    code, _, said = run("acknowledge", "7", "--by", "Hà")
    assert code == 2 and "there is no open incident #7" in said


def test_work_is_planned_listed_and_ended(run):
    planned = ("add", "VNeID", "--for", "2h", "--reason", "Nâng cấp", "--by", "Hà")
    assert run("maintenance", *planned)[0] == 0
    assert "VNeID" in run("maintenance", "list")[1]
    (listed,) = json.loads(run("maintenance", "list", "--json")[1])
    assert (listed["id"], listed["of"]) == (1, "VNeID")
    assert run("maintenance", "end", "1")[0] == 0
    code, _, said = run("maintenance", "end", "1")
    assert code == 2 and "no work #1 is planned or going on" in said


def test_an_account_is_given_back_to_the_monitor_and_to_the_suites(run, store):
    with store.turn() as (connection, _):
        connection.execute(insert(tables.aside).values(account="7c1f", since=0.0, why="…"))
    given = []

    def give_back(_config, account):
        given.append(account)
        return len(given) < 3

    assert run("accounts", "--give-back", "7c1f", give_back=give_back)[0] == 0
    assert "no account is put aside" in run("accounts")[1]
    assert run("accounts", "--give-back", "7c1f", give_back=give_back)[0] == 0  # of the suites
    code, _, said = run("accounts", "--give-back", "7c1f", give_back=give_back)
    assert code == 2 and "account 7c1f is not put aside" in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", ("người nhận Hà", "tạm tắt thông báo tới", "đã kết thúc", "Không có bảo trì nào")),
        ("en", ("taken by Hà", "muted until", "ended", "Nothing is planned.")),
    ],
)
def test_commands_answer_in_the_language_of_the_configuration(run, keeper, clock, language, said):
    keeper.take([check("r", "lai-chau-2024/citizen", clock(), "account:7c1f")])
    answers = [
        run(*command, "--language", language)[1]
        for command in (
            ("acknowledge", "1", "--by", "Hà"),
            ("mute", "1", "--by", "Hà"),
            ("maintenance", "add", "all", "--for", "2h", "--reason", "x", "--by", "Hà"),
            ("maintenance", "end", "1"),
            ("maintenance", "list"),
        )
    ]
    del answers[2]
    assert all(words in answer for words, answer in zip(said, answers, strict=True))


def test_a_drill_goes_through_end_to_end_and_says_so(run):
    with webhook() as (address, inbox):
        channels = f"channels: [{{channel: hook, tells: [duty], url: 'json://{address}/'}}]\n"
        code, out, _ = run("drill", "--by", "Hà", more=channels)
    assert (code, out) == (0, "drill: 1 alerts, 1 all-clears, 0 waiting\n")
    assert ["DIỄN TẬP" in one["title"] for one in inbox.all] == [True, True]
    assert "do Hà bắt đầu" in inbox.all[0]["message"]


def test_a_drill_that_reaches_nobody_is_no_success(run):
    channels = "channels: [{channel: hook, tells: [duty], url: 'json://127.0.0.1:1/'}]\n"
    assert run("drill", "--by", "Hà", more=channels)[0] == 3


def test_a_drill_without_anybody_to_tell_is_a_mistake(run, store):
    code, _, said = run("drill", "--by", "Hà", more="channels: []\n")
    assert code == 2 and "so a drill would reach nobody; add one" in said
    with store.reading() as connection:
        assert not list(connection.execute(select(tables.incidents)))


def test_a_drill_is_judged_by_its_own_letters(run, store):
    with store.turn() as (connection, _):
        other = Message("another", "…", "info")
        post(store, connection, "gw-1/7/opened/hook", "hook", other, 0.0)
    channels = "channels: [{channel: hook, tells: [duty], url: 'json://127.0.0.1:1/'}]\n"
    code, out, _ = run("drill", "--by", "Hà", more=channels)
    assert (code, out) == (3, "drill: 0 alerts, 0 all-clears, 2 waiting\n")


def test_ctrl_c_ends_a_drill_with_its_all_clear(run, monkeypatch):
    def interrupted(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupted)
    with webhook() as (address, inbox):
        channels = f"channels: [{{channel: hook, tells: [duty], url: 'json://{address}/'}}]\n"
        code, _, _ = run("drill", "--by", "Hà", "--for", "1h", more=channels)
    assert code == 0
    assert [one["title"].split(" · ")[1].split("]")[0] for one in inbox.all] == [
        "CẦN XEM",
        "ĐÃ HẾT",
    ]


def test_a_drill_that_was_killed_is_ended_by_the_next(run, store):
    with webhook() as (address, _):
        channels = f"channels: [{{channel: hook, tells: [duty], url: 'json://{address}/'}}]\n"
        Keeper(store, Monitor(environment="embedded"), {}).hear(DrillBegun(0.0, "Hà"))
        assert run("drill", "--by", "Hà", more=channels)[0] == 0
    assert "chưa hết" not in run("incidents", "--since", "2020-01-01")[1]


def test_a_backup_is_sound_and_overwrites_nothing(run, tmp_path, store_url):
    if store_url:
        pytest.skip("PostgreSQL has its own")
    run("status")
    code, out, _ = run("backup", str(tmp_path / "copy.sqlite"))
    assert code == 0 and out.endswith("ok\n")
    assert run("backup", str(tmp_path / "copy.sqlite"))[0] == 2


def test_the_example_rules_pass_prometheus_own_check():
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool (Debian: prometheus) is not installed")
    rules = EXAMPLES / "alert-rules.yml"
    assert subprocess.run([promtool, "check", "rules", rules], capture_output=True).returncode == 0


def test_the_systemd_unit_passes_systemds_own_check(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    text = (EXAMPLES / "guidewatch-monitor.service").read_text(encoding="utf-8")
    # The program has to be there for the check; everything else is checked as it is.
    there = text.replace("/opt/guidewatch/.venv/bin/python", shutil.which("true") or "/bin/true")
    (tmp_path / "guidewatch-monitor.service").write_text(there, encoding="utf-8")
    checked = subprocess.run(
        [analyze, "verify", tmp_path / "guidewatch-monitor.service"], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
