"""A province that there is not, with one shared system."""

import pytest

from config.guides import Guide
from config.portals import atlases
from config.strict import load

PORTAL = """\
portal: demo
name: Cổng Thử
home: https://demo.example/
hosts: [demo.example]
uses: [vneid]
screens:
  home:
    name: Trang chủ
    address: https://demo.example/
    sign: login
    signed_in: false
    groups: {ways: {landmark: main, role: link}}
    controls:
      login: {place: {id: login}, names: [Đăng nhập], because: its id}
  login:
    name: Trang đăng nhập
    sign: vneid
    signed_in: false
    controls:
      vneid: {place: {id: vneid}, names: [Tài khoản VNeID], because: its id}
  account:
    name: Trang cá nhân
    sign: who
    signed_in: true
    controls:
      who: {place: {id: who}, because: its id}
"""
VNEID = """\
portal: vneid
name: VNeID
component: VNeID
hosts: [vneid.example]
screens:
  vneid:
    name: Trang đăng nhập VNeID
    sign: account
    signed_in: false
    controls:
      account: {place: {id: account}, names: [Số định danh cá nhân], because: its id}
      qr: {place: {alt: qr}, because: its alt}
  otp:
    name: Hộp thoại Xác thực OTP
    sign: digits
    signed_in: false
    controls:
      digits: {place: {id: digits}, because: its id}
"""
TROUBLES = """\
troubles:
  - {says: Request Rejected, kind: firewall, outcome: blocked}
  - {says: đang bảo trì, kind: maintenance, outcome: failed}
"""
GUIDE = """\
guide: demo-2024
title: Hướng dẫn
portal: demo
source: demo.txt
published: "2024"
journeys:
  - journey: one
    title: Một
    visitor: citizen
    steps:
"""


@pytest.fixture(scope="session")
def atlas(tmp_path_factory):
    """What is known of the province and of the system it shares."""
    folder = tmp_path_factory.mktemp("portals")
    for name, text in (("demo", PORTAL), ("vneid", VNEID), ("troubles", TROUBLES)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return atlases(folder)["demo"]


@pytest.fixture
def guide(tmp_path):
    """Make a guide with one journey; a line a step, each `verb` or `verb {claims}`."""

    def make(*lines):
        text = GUIDE
        for number, line in enumerate(lines, 1):
            do, _, claim = line.partition(" ")
            text += f"      - step: Bước {number}\n        moves:\n"
            text += f"          - says: bước {number}\n            do: {do}\n"
            if claim:
                text += f"            claims:\n              - {claim}\n"
        path = tmp_path / "demo-2024.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path, Guide)

    return make
