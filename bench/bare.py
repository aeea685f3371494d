"""Journeys as somebody would write them down in ten minutes: clicks, waits, and nothing read.

Each has a walk of the same name beside it (`bench.journey_cost`), clicks the same way on devices of
its own, and waits for the same end.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
from playwright.sync_api import FilePayload, Page

from visitors.portrait import portrait

PageOf = Callable[[str], Page]
"""A fresh page on a device, by its seat: desktop, phone, token."""

ORGANISATION = "Công ty TNHH Thử Nghiệm Một"


def citizen_password(page_of: PageOf, client: httpx.Client) -> None:
    """Lai Châu 2024, part I: VNeID with a password and a code by SMS."""
    page = page_of("desktop")
    page.goto("https://dichvucong.laichau.gov.vn/", wait_until="commit")
    page.get_by_role("link", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Tài khoản Định danh điện tử").click()
    page.locator("#username").fill("000100000001")
    page.locator("#password").fill("Thu-Nghiem-1!")
    before = messages(client, "0900000001")
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("#otp-input").first.wait_for()
    code = code_after(before, client, "0900000001")
    page.locator("#otp-input").first.press_sequentially(code)
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("link", name="Quản lý hồ sơ đã nộp").wait_for()


def organisation_smartca(page_of: PageOf, client: httpx.Client) -> None:
    """Lai Châu 2024, part II: confirmed in the SmartCA app."""
    page = to_the_three_ways(page_of)
    page.get_by_role("tab", name="SmartCA").click()
    page.locator("#user").fill("0001000001")
    page.get_by_role("button", name="Đăng nhập").click()
    phone = page_of("phone")
    phone.goto("https://smartca-app.staging.test/dang-nhap", wait_until="commit")
    phone.locator("#user").fill("0001000001")
    phone.locator("#password").fill("Thu-Nghiem-1!")
    phone.get_by_role("button", name="Đăng nhập").click()
    phone.locator("[href^='/yeu-cau/']").first.click()
    phone.locator("#pin").press_sequentially("246810")
    phone.get_by_role("button", name="Xác nhận").click()
    phone.get_by_role("button", name="Đăng xuất").wait_for()
    page.get_by_role("link", name="Quản lý hồ sơ đã nộp").wait_for()


def organisation_usb(page_of: PageOf, client: httpx.Client) -> None:
    """Lai Châu 2024, part II: signed by the token."""
    page = to_the_three_ways(page_of)
    page.get_by_role("tab", name="Usb ký số").click()
    page.get_by_role("button", name="Đăng nhập").click()
    window = page_of("token")
    window.goto("https://token-agent.staging.test/", wait_until="commit")
    window.locator("label", has_text=ORGANISATION).click()
    window.get_by_role("button", name="Chọn").click()
    window.locator("#pin").press_sequentially("12345678")
    window.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("link", name="Quản lý hồ sơ đã nộp").wait_for()


def organisation_sim(page_of: PageOf, client: httpx.Client) -> None:
    """Lai Châu 2024, part II: signed by the SIM."""
    page = to_the_three_ways(page_of)
    page.get_by_role("tab", name="Sim ký số").click()
    page.locator("#phone").fill("0900000201")
    page.get_by_role("button", name="Xác thực").click()
    phone = page_of("phone")
    phone.goto("https://sim.staging.test/", wait_until="commit")
    phone.locator("#phone").fill("0900000201")
    phone.get_by_role("button", name="Lắp SIM").click()
    phone.get_by_role("button", name="Đồng ý").click()
    phone.locator("#pin").press_sequentially("1357")
    phone.get_by_role("button", name="Xác nhận").click()
    phone.get_by_role("link", name="Đóng").wait_for()
    page.get_by_role("link", name="Quản lý hồ sơ đã nộp").wait_for()


def citizen_registration(page_of: PageOf, client: httpx.Client) -> None:
    """Lai Châu 2020, appendix II: up to being signed in with the new account."""
    page = page_of("desktop")
    page.goto("https://dangky.dichvucong.gov.vn/register", wait_until="commit")
    page.get_by_label("Công dân").check()
    page.get_by_label("Thuê bao di động").check()
    page.locator("#so-dien-thoai").fill("0900000101")
    page.locator("#ho-ten").fill("Nguyễn Thị Đăng Ký")
    page.locator("#so-dinh-danh").fill("000300000001")
    page.locator("#ngay-sinh").fill("21/01/1991")
    page.locator("#ngay-het-han").fill("21/01/2041")
    page.locator("#email").fill("dang-ky-1@nguoi-dung.example")
    before = messages(client, "0900000101")
    page.get_by_role("button", name="Đăng ký").click()
    page.locator("#otp").wait_for()
    page.locator("#otp").press_sequentially(code_after(before, client, "0900000101"))
    page.get_by_role("button", name="Xác nhận").click()
    page.locator("#password").fill("Thu-Nghiem-301!")
    page.locator("#again").fill("Thu-Nghiem-301!")
    page.get_by_role("button", name="Xác nhận").click()
    page.locator("#username").fill("000300000001")
    page.locator("#password").fill("Thu-Nghiem-301!")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name="Thông tin tài khoản").wait_for()


def official_profile(page_of: PageOf, client: httpx.Client) -> None:
    """Hưng Yên 2023, part 2: the eight fields of an official's profile."""
    page = page_of("desktop")
    page.goto("https://motcua.hungyen.gov.vn/hethong/login", wait_until="commit")
    page.locator("#username").fill("canbo1")
    page.locator("#password").fill("Thu-Nghiem-401!")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Trang cá nhân").click()
    page.get_by_role("link", name="Cập nhật").click()
    page.locator("#ho-ten").fill("Nguyễn Văn Cán Bộ")
    page.locator("#gioi-tinh").select_option(label="Nam")
    page.locator("#dia-chi").fill("Số 2, đường Giả Định, phường Mô Phỏng")
    page.locator("#ngay-sinh").fill("01/01/1981")
    page.locator("#email").fill("canbo1@can-bo.example")
    picture = portrait()
    file = FilePayload(name=picture.name, mimeType=picture.kind, buffer=picture.content)
    page.locator("#anh-dai-dien").set_input_files(file)
    page.locator("#so-cccd").fill("000400000001")
    page.locator("#so-dien-thoai").fill("0900000401")
    page.get_by_role("button", name="Cập nhật").click()
    page.get_by_role("link", name="Cập nhật").wait_for()


def to_the_three_ways(page_of: PageOf) -> Page:
    """From Lai Châu's front page to the national provider's page with the three tabs."""
    page = page_of("desktop")
    page.goto("https://dichvucong.laichau.gov.vn/", wait_until="commit")
    page.get_by_role("link", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Tài khoản cấp bởi Cổng dịch vụ công quốc gia").click()
    page.get_by_role("link", name="dành cho Doanh nghiệp/Tổ chức").click()
    return page


def messages(client: httpx.Client, phone: str) -> list[dict[str, str]]:
    """What a phone has received."""
    return list(client.get("https://sms.staging.test/messages", params={"to": phone}).json())


def code_after(before: list[dict[str, str]], client: httpx.Client, phone: str) -> str:
    """The six digits of the message that comes next."""
    while len(sent := messages(client, phone)) == len(before):
        time.sleep(0.05)
    return "".join(found for found in sent[-1]["text"] if found.isdigit())[:6]
