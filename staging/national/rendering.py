"""The frame that all hosts of the national portal share, around each host's own templates."""

from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader
from starlette.templating import Jinja2Templates

from staging.scene import Scene
from staging.templates import templates

FOLDER = Path(__file__).parent


def national_templates(
    scene: Scene, host: str, room: str, controls: tuple[str, ...] = ()
) -> Jinja2Templates:
    """Templates of one host: its own, and what all share."""
    own = FOLDER / "templates" / room
    rendered = templates(scene, host, own, controls)
    rendered.env.loader = ChoiceLoader(
        [FileSystemLoader(own), FileSystemLoader(FOLDER / "templates" / "shared")]
    )
    return rendered
