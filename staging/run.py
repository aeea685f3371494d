"""One instance from start to end."""

import asyncio
import json
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

from staging import hosts
from staging.front_desk import FrontDesk
from staging.portals.igate.another import province
from staging.scene import Scene
from staging.serving import Instance
from staging.sites import sites
from staging.store import create_tables


async def run(
    *,
    edition: str,
    front_desk_port: int,
    ready_file: Path | None,
    parent: int | None,
    until_stdin_closes: bool,
    data: Path | None = None,
    provinces: tuple[Path, ...] = (),
) -> None:
    end = asyncio.Event()
    _end_on_signals(end)
    if parent is not None:
        _end_with_process(parent, end)
    if until_stdin_closes:
        _end_with_stdin(end)
    with tempfile.TemporaryDirectory(prefix="guidewatch-staging-") as name:
        folder = Path(name)
        scene = Scene(folder, edition, data, tuple(province(path) for path in provinces))
        instance = Instance(scene, folder)
        try:
            all_sites = sites(scene)
            create_tables(scene.engine)
            await instance.open(all_sites)
            desk = FrontDesk(scene, instance.addresses, instance.authority_pem)
            port = await instance.open_front_desk(desk.app, front_desk_port)
            if ready_file is not None:
                _write_whole(ready_file, json.dumps(desk.directory(), ensure_ascii=False, indent=1))
            _tell_a_person(port, edition)
            print(f"READY http://127.0.0.1:{port}", flush=True)
            await end.wait()
        finally:
            await instance.close()
            scene.engine.dispose()
            scene.lasting.dispose()
            if ready_file is not None:
                ready_file.unlink(missing_ok=True)


def _tell_a_person(port: int, edition: str) -> None:
    print(
        f"Simulated portals, edition {edition}. Nothing here is real.\n"
        f"  look at them:   python -m staging browse http://127.0.0.1:{port}\n"
        f"  names and CA:   http://127.0.0.1:{port}/\n"
        f"  Lai Châu:       https://{hosts.LAI_CHAU}/ (in that browser)\n"
        f"  phone app:      https://{hosts.APP}/   SMS inbox: https://{hosts.SMS}/\n"
        f"  signing:        https://{hosts.SMARTCA_APP}/ https://{hosts.SIM_PHONE}/ "
        f"https://{hosts.TOKEN_AGENT}/\n"
        "  end:            Ctrl+C",
        file=sys.stderr,
        flush=True,
    )


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _end_on_signals(end: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)


def _end_with_process(pid: int, end: asyncio.Event) -> None:
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        end.set()
        return
    asyncio.get_running_loop().add_reader(process, end.set)


def _end_with_stdin(end: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def watch() -> None:
        # os.read, not sys.stdin: a thread left waiting inside the latter breaks the exit.
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(end.set)

    threading.Thread(target=watch, daemon=True).start()
