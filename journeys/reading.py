"""What is read off the page: names, boxes, fields and words that are there, not what a file says.

A script handed to `evaluate` runs in the page's own world, for which Playwright loads its tools once
more on every document. Taught as a selector engine with `content_script`, it runs where elements are
looked for anyway, out of the page's reach.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Playwright

# The name of one element as a person has it, or else a screen reader: the words on the element itself;
# of what has none, the order of the accessible name computation (W3C accname-1.2) as far as portals
# make use of it. Boxes are in CSS pixels.
_NAME = """
const name = el => {
  const clean = words => (words || '').replace(/\\s+/g, ' ').trim();
  const labelled = (el.getAttribute('aria-labelledby') || '').split(/\\s+/).filter(Boolean)
    .map(id => document.getElementById(id)).filter(Boolean).map(found => found.innerText).join(' ');
  const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName);
  const isButton = el.tagName === 'INPUT' && /^(submit|button|reset)$/.test(el.type);
  const label = el.labels && el.labels.length ? el.labels[0].innerText : '';
  return (isField ? '' : clean(el.innerText))
    || clean(labelled) || clean(el.getAttribute('aria-label')) || clean(label)
    || (isButton ? clean(el.value) : '')
    || clean(el.getAttribute('alt')) || clean(el.getAttribute('placeholder'))
    || clean(el.getAttribute('title'));
};
"""

# A field is required where its label ends in an asterisk or the element says so.
_FORM = """
const form = root => {
  const visible = el => el.checkVisibility ? el.checkVisibility({checkVisibilityCSS: true}) : true;
  const skip = /^(hidden|submit|button|reset|image)$/;
  return [...root.querySelectorAll('input, select, textarea')]
    .filter(el => !skip.test(el.type) && visible(el))
    .map(el => {
      const words = name(el);
      return [words.replace(/\\s*\\(?\\*\\)?\\s*$/, ''),
              el.required || el.getAttribute('aria-required') === 'true' || /\\*\\)?\\s*$/.test(words)];
    });
};
"""

# What is asked of an element, as a selector engine whose one match is a piece of JSON: the answer.
_READING = f"""{{
  queryAll(root, asked) {{
    {_NAME}
    {_FORM}
    const box = el => {{
      const {{x, y, width, height}} = el.getBoundingClientRect();
      return {{x, y, width, height}};
    }};
    const control = el => {{
      const seen = el.getBoundingClientRect();
      if (seen.bottom > innerHeight || seen.top < 0) el.scrollIntoView({{block: 'nearest'}});
      return {{name: name(el), ...box(el)}};
    }};
    const answer = document.createElement('data');
    answer.textContent = JSON.stringify({{box, control, form, name}}[asked](root));
    return [answer];
  }},
  query(root, asked) {{ return this.queryAll(root, asked)[0]; }},
}}"""

# The very element that is asked, where its page is of an origin.
_ORIGIN = """{
  queryAll(root, origin) { return location.origin === origin ? [root] : []; },
  query(root, origin) { return this.queryAll(root, origin)[0]; },
}"""

# What visitors enter is shown as dots from before it is typed, so that no picture or video holds it.
HIDE_ENTRIES = """(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`input:not([type=submit], [type=button], [type=reset], [type=file]), select, textarea
    { -webkit-text-security: disc !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})()"""

# What can be seen of a page in trouble, in one look.
READ_SIGHT = f"""() => {{
{_NAME}
  const visible = el => el.checkVisibility ? el.checkVisibility({{checkVisibilityCSS: true}}) : true;
  const pointer = el => getComputedStyle(el).cursor === 'pointer';
  const pressable = el => /^(A|BUTTON|INPUT|SELECT)$/.test(el.tagName)
    || (pointer(el) && !pointer(el.parentElement));
  const entry = performance.getEntriesByType('navigation')[0];
  const pick = (css, most) => [...document.querySelectorAll(css)].filter(visible).slice(0, most)
    .map(name).filter(Boolean);
  return {{
    title: document.title,
    status: entry ? entry.responseStatus || 0 : 0,
    loaded: document.readyState === 'complete',
    headings: pick('[role=dialog] h1, [role=dialog] h2, dialog h1, dialog h2, h1, h2, h3', 4),
    controls: [...document.querySelectorAll('body *')].filter(visible).filter(pressable)
      .map(name).filter(Boolean).slice(0, 200),
    text: (document.body ? document.body.innerText : '').slice(0, 4000),
  }};
}}"""


def teach(playwright: Playwright) -> None:
    """Teach Playwright our two selector engines; once, before the first page is opened."""
    playwright.selectors.register("reading", script=_READING, content_script=True)
    playwright.selectors.register("origin", script=_ORIGIN, content_script=True)


def read(found: Locator, what: str, timeout: float) -> Any:
    """Ask the one element of a locator.

    Args:
        found: which element.
        what: `control` (its name and box, brought into view), `form` (its fields, each with whether it
            is required), `name` or `box`.
        timeout: milliseconds to wait for it.

    Raises:
        TimeoutError: it does not come.
        Error: there are several, or the page is gone.
    """
    return json.loads(answers(found, what).text_content(timeout=timeout) or "null")


def answers(found: Locator, what: str) -> Locator:
    """The answers of all elements of a locator, each a piece of JSON."""
    return found.locator(f"reading={what}")


def bound_to(origin: str, found: Locator) -> Locator:
    """The same element, found on pages of an origin and on no others."""
    return found.locator(f"origin={origin}")
