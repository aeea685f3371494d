"""The scripts that read names, fields and words off the page: what is there, not what a file says."""

from __future__ import annotations

# The name of one element as a person or a screen reader has it, and its box in CSS pixels. The
# order follows the accessible name computation (W3C accname-1.2) as far as portals make use of it;
# words on the element itself come before its title.
_NAME = """
const name = el => {
  const clean = words => (words || '').replace(/\\s+/g, ' ').trim();
  const labelled = (el.getAttribute('aria-labelledby') || '').split(/\\s+/).filter(Boolean)
    .map(id => document.getElementById(id)).filter(Boolean).map(found => found.innerText).join(' ');
  const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName);
  const isButton = el.tagName === 'INPUT' && /^(submit|button|reset)$/.test(el.type);
  const label = el.labels && el.labels.length ? el.labels[0].innerText : '';
  return clean(labelled) || clean(el.getAttribute('aria-label')) || clean(label)
    || (isButton ? clean(el.value) : '') || (isField ? '' : clean(el.innerText))
    || clean(el.getAttribute('alt')) || clean(el.getAttribute('placeholder'))
    || clean(el.getAttribute('title'));
};
"""

_READ = f"""
{_NAME}
const read = el => {{
  const seen = el.getBoundingClientRect();
  if (seen.bottom > innerHeight || seen.top < 0) el.scrollIntoView({{block: 'nearest'}});
  const box = el.getBoundingClientRect();
  return {{name: name(el), x: box.x, y: box.y, width: box.width, height: box.height}};
}};
// A secret is shown as dots from before it is typed, so that no picture, video or trace holds it.
const hide = el => el.style.setProperty('-webkit-text-security', 'disc', 'important');
"""

READ_CONTROL = f"el => {{ {_READ} return read(el); }}"
READ_AND_HIDE = f"el => {{ {_READ} hide(el); return read(el); }}"
READ_AND_HIDE_ALL = f"""all => {{ {_READ}
  all.forEach(hide);
  return all.length ? {{...read(all[0]), number: all.length}} : null;
}}"""

READ_BOXES = """all => all.map(el => {
  const box = el.getBoundingClientRect();
  return {x: box.x, y: box.y, width: box.width, height: box.height};
})"""

READ_NAMES = f"""all => {{
{_NAME}
  return all.map(el => name(el));
}}"""

# A field is required where its label ends in an asterisk or the element says so.
READ_FORM = f"""root => {{
{_NAME}
  const visible = el => el.checkVisibility ? el.checkVisibility({{checkVisibilityCSS: true}}) : true;
  const skip = /^(hidden|submit|button|reset|image)$/;
  return [...root.querySelectorAll('input, select, textarea')]
    .filter(el => !skip.test(el.type) && visible(el))
    .map(el => {{
      const words = name(el);
      return [words.replace(/\\s*\\(?\\*\\)?\\s*$/, ''),
              el.required || el.getAttribute('aria-required') === 'true' || /\\*\\)?\\s*$/.test(words)];
    }});
}}"""

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
