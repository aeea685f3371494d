"""The signing program on the visitor's own machine: the VNPT-CA plugin and its native windows.

A page talks to it over local WebSocket ports (portal-facts.md, "USB token", graded C); they are
listened on elsewhere and mapped, never bound. Its windows, out of a browser's reach in reality, are a
page of a host of their own, which the visitor's device operates.
"""

from functools import partial

from staging import hosts
from staging.scene import Scene, Site
from staging.token_agent.plugin import Plugin
from staging.token_agent.screens import Screens
from staging.token_agent.tokens import Tokens
from staging.token_agent.windows import Windows


def sites(scene: Scene) -> list[Site]:
    tokens, windows = Tokens(scene), Windows()
    scene.on_reset(windows.close_all)
    scene.on_reset(tokens.forget_wrong_pins)
    plugin = Plugin(scene, tokens, windows).app
    return [
        Site(hosts.TOKEN_AGENT, Screens(scene, tokens, windows).app),
        *(
            Site(host, plugin, websockets=True, refuses=partial(_nobody_listens, scene, host))
            for host in hosts.TOKEN_PLUGIN
        ),
    ]


def _nobody_listens(scene: Scene, host: str) -> bool:
    """The program takes one of its ports, the first unless it is taken; none when it is stopped."""
    if scene.faults.active("token-agent-stopped"):
        return True
    moved = scene.faults.active("token-agent-port")
    port = str(moved["port"]) if moved else hosts.TOKEN_PLUGIN[0].partition(":")[2]
    return host.partition(":")[2] != port
