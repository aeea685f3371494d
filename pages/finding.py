"""From a place in a portal file to an element: the way a person finds it, never through its name."""

from __future__ import annotations

import json

from playwright.sync_api import Locator, Page

from config.portals import Place

# The elements that make a landmark (W3C ARIA in HTML). A role locator would compute the role of every
# element on the page each time it is asked.
LANDMARKS: dict[str, str] = {
    "banner": "header, [role=banner]",
    "navigation": "nav, [role=navigation]",
    "main": "main, [role=main]",
    "contentinfo": "footer, [role=contentinfo]",
    "form": "form, [role=form]",
    "search": "search, [role=search]",
    "dialog": "dialog, [role=dialog]",
    "alertdialog": "[role=alertdialog]",
}


def locate(page: Page, place: Place) -> Locator:
    """The visible elements at a place; every part of the place that is given holds.

    Args:
        page: the page as it is now.
        place: where to look.

    Returns:
        A lazy locator; it may match none or several.
    """
    root = page.locator(LANDMARKS[place.landmark] if place.landmark else ":root")
    ways: list[Locator] = []
    if place.id:
        ways.append(root.locator(f"[id={json.dumps(place.id)}]"))
    if place.leads_to:
        # A link may carry on where one came from, behind its path.
        end, carried = json.dumps(place.leads_to), json.dumps(f"{place.leads_to}?")
        ways.append(root.locator(f":is([href$={end}], [href*={carried}])"))
    if place.purpose:
        ways.append(root.locator(f"[autocomplete~={json.dumps(place.purpose)}]"))
    if place.attribute:
        ways.append(root.locator(_attribute(place.attribute)))
    if place.submits:
        ways.append(root.locator("[type=submit]"))
    if place.element:
        ways.append(root.locator(place.element))
    if place.alt:
        ways.append(root.get_by_alt_text(place.alt, exact=True))
    if place.role:
        ways.append(root.get_by_role(place.role))  # type: ignore[arg-type]
    if place.text:
        ways.append(root.get_by_text(place.text))
    found = ways[0]
    for way in ways[1:]:
        found = found.and_(way)
    found = found.filter(visible=True)
    return found if place.nth is None else found.nth(place.nth)


def _attribute(written: str) -> str:
    name, _, value = written.partition("=")
    return f"[{name}={json.dumps(value)}]" if value else f"[{name}]"
