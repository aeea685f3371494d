"""The browser judges names and certificates as it does for a person, on a map of ours."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Error

from world.chromium import launch_arguments
from world.missing import Missing
from world.names import Names
from world.trust import home_trusting

URL = "https://portal.example/"


@pytest.fixture
def visit(browser_type: BrowserType, tmp_path: Path):
    """Open an address in a browser of an environment; gives the address bar and the title."""

    def visiting(names: Names, url: str = URL) -> tuple[str, str]:
        home = home_trusting(names.ca_pem, tmp_path) if names.ca_pem else tmp_path
        browser = browser_type.launch(**launch_arguments(names, home, headed=False))
        try:
            page = browser.new_page()
            page.goto(url)
            return page.url, page.title()
        finally:
            browser.close()

    return visiting


def test_the_address_bar_shows_the_real_name(serve, visit):
    assert visit(serve()) == (URL, "portal.example")


def test_a_name_that_is_not_mapped_is_not_found(serve, visit):
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visit(serve(), "https://other.example/")


def test_localhost_is_not_found_either(serve, visit):
    names = serve()
    port = names.map["portal.example"].rpartition(":")[2]
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visit(names, f"https://localhost:{port}/")


def test_a_proxy_of_the_environment_is_not_used(serve, visit, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    assert visit(serve())[0] == URL


def test_an_expired_certificate_is_refused(serve, authority, visit):
    with pytest.raises(Error, match="ERR_CERT_DATE_INVALID"):
        visit(serve(authority.expired_context("portal.example")))


def test_a_certificate_for_another_name_is_refused(serve, authority, visit):
    with pytest.raises(Error, match="ERR_CERT_COMMON_NAME_INVALID"):
        visit(serve(authority.context("other.example")))


def test_a_foreign_authority_is_refused(serve, visit):
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        visit(Names(map=serve().map))


def test_a_missing_certutil_is_one_sentence(authority, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing, match=r"certutil is missing.*make set-up"):
        home_trusting(authority.pem, tmp_path)


def test_a_file_without_a_certificate_is_one_sentence(tmp_path):
    with pytest.raises(Missing, match="no certificate"):
        home_trusting("nothing", tmp_path)
