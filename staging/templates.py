"""How every page of the embedded portals is rendered, and where faults of single controls act."""

from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from starlette.requests import Request
from starlette.templating import Jinja2Templates

from staging.scene import Scene


def templates(
    scene: Scene, host: str, folder: Path, controls: tuple[str, ...] = ()
) -> Jinja2Templates:
    """Templates of one host. In them:

    - `label("login", "Đăng nhập")`: the words on the control `login`, unless a fault renames it;
    - `offered("login")`: false when a fault has removed the control `login`;
    - `fault("captcha-before-login")`: the parameters of the fault if it is on here, else none;
    - `edition`: the as-of date, `published`, `2025-06` or `2026-11`;
    - `now()`: the time by the instance's clock.

    The controls that faults can name are those the templates name in `label` and `offered`;
    `controls` adds names that a template computes.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        auto_reload=False,  # a page costs its rendering only; a changed template needs a new start
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def label(control: str, text: str) -> str:
        for renamed in scene.faults.all_active("control-renamed", host):
            if renamed["control"] == control:
                return str(renamed["to"])
        return text

    def offered(control: str) -> bool:
        removed = scene.faults.all_active("control-removed", host)
        return all(fault["control"] != control for fault in removed)

    def fault(name: str) -> dict[str, Any] | None:
        return scene.faults.active(name, host)

    environment.globals.update(label=label, offered=offered, fault=fault, now=scene.clock.now)
    scene.add_controls(host, lambda: {*controls, *_named_controls(environment)})

    def as_of(_request: Request) -> dict[str, Any]:
        return {"edition": scene.edition}

    return Jinja2Templates(env=environment, context_processors=[as_of])


def _named_controls(environment: jinja2.Environment) -> set[str]:
    """The constant first arguments of `label` and `offered` in all templates of the folder."""
    found = set()
    loader = environment.loader
    assert loader is not None
    for name in loader.list_templates():
        if not name.endswith((".html", ".js")):
            continue
        source, _, _ = loader.get_source(environment, name)
        for call in environment.parse(source).find_all(nodes.Call):
            named = isinstance(call.node, nodes.Name) and call.node.name in ("label", "offered")
            if named and call.args and isinstance(call.args[0], nodes.Const):
                found.add(str(call.args[0].value))
    return found
