"""The board: how things stand, on one page; an incident with its picture; figures for Prometheus."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from config.monitor import Monitor
from monitoring import figures, metrics, overview, tables, when
from monitoring.board import charts
from monitoring.board.gate import Gate
from monitoring.board.words import percent, word
from monitoring.store import NoStore, Store
from monitoring.telling import headline, portal_name, subject
from monitoring.when import DAY, Clock
from monitoring.words import of_event, of_seen

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Board:
    """The pages.

    Args:
        monitor: the configuration.
        store: read, never written.
        folder: where the runs' evidence lies.
        gate: who may look.
        clock: seconds since the epoch.
    """

    def __init__(
        self, monitor: Monitor, store: Store, folder: Path, gate: Gate, clock: Clock = when.now
    ) -> None:
        self._monitor = monitor
        self._store = store
        self._folder = folder.resolve()
        self._gate = gate
        self._clock = clock
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.app = Starlette(
            routes=[
                Route("/", self._page),
                Route("/incidents/{number:int}", self._incident),
                Route("/incidents/{number:int}/picture", self._picture),
                Route("/metrics", self._metrics),
                Route("/style.css", self._style),
                Route("/enter", self._enter, methods=["POST"]),
            ]
        )

    async def _page(self, request: Request) -> Response:
        return await self._guarded(request, "page.html", self._board)

    async def _incident(self, request: Request) -> Response:
        number = request.path_params["number"]
        return await self._guarded(request, "incident.html", partial(self._one, number))

    async def _picture(self, request: Request) -> Response:
        if not self._gate.lets_in(request):
            return PlainTextResponse("401", 401)
        try:
            path = await run_in_threadpool(self._path, request.path_params["number"])
        except NoStore:
            path = None
        if path is None:
            return PlainTextResponse("404", 404)
        return FileResponse(path, headers=HEADERS)

    async def _metrics(self, request: Request) -> Response:
        if not self._gate.lets_in(request):
            return PlainTextResponse("401", 401, {"WWW-Authenticate": "Bearer"})
        body = await run_in_threadpool(metrics.exposition, self._store, self._clock())
        return Response(body, media_type=metrics.CONTENT_TYPE)

    async def _style(self, _request: Request) -> Response:
        return FileResponse(HERE / "static" / "style.css", media_type="text/css")

    async def _enter(self, request: Request) -> Response:
        answer = await self._gate.enter(request)
        return answer or self._shut(request, wrong=True)

    # --- making pages -------------------------------------------------------------------------

    async def _guarded(self, request: Request, template: str, data: Any) -> Response:
        if not self._gate.lets_in(request):
            return self._shut(request)
        language = self._language(request)
        try:
            found = await run_in_threadpool(data, language)
        except NoStore as error:
            why = word("store gone", language, why=error)
            return self._html("gone.html", language, {"why": why}, 503)
        if found is None:
            return PlainTextResponse("404", 404)
        return self._html(template, language, found)

    def _shut(self, request: Request, wrong: bool = False) -> Response:
        return self._html("enter.html", self._language(request), {"wrong": wrong}, 401)

    def _html(self, name: str, language: str, data: dict[str, Any], code: int = 200) -> Response:
        template = self._templates.get_template(name)
        text = template.render(
            **data,
            language=language,
            word=lambda key, **values: word(key, language, **values),
            name=lambda portal: portal_name(self._monitor, portal),
            subject=lambda of: subject(self._monitor, of, language),
            of_event=lambda change, what: of_event(change, what, language),
            head=lambda one: headline(one, self._monitor, language),
            percent=partial(percent, language=language),
            together=charts.together,
            shown=when.shown,
            lasting=lambda seconds: when.lasting(seconds, language),
        )
        return HTMLResponse(text, code, HEADERS)

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("language")
        return asked if asked in ("vi", "en") else self._monitor.language

    def _board(self, _language: str) -> dict[str, Any]:
        now = self._clock()
        with self._store.reading() as connection:
            return {
                "view": overview.overview(connection, self._monitor, now),
                "bars": charts.bars(connection, now),
                "chart": charts.hours(connection, now),
                "past": [
                    one
                    for one in figures.incidents(connection, now - 90 * DAY, limit=50)
                    if one.closed is not None
                ],
            }

    def _one(self, number: int, language: str) -> dict[str, Any] | None:
        with self._store.reading() as connection:
            one = figures.incident_of(connection, number)
            if one is None:
                return None
            table = tables.events
            asked = select(table).where(table.c.incident == number).order_by(table.c.id)
            history = list(connection.execute(asked))
        seen = one.seen
        told = of_seen(seen, language) if seen is not None else ""
        picture = bool(seen and seen.picture and self._inside(seen.picture))
        return {"one": one, "history": history, "told": told, "picture": picture}

    def _path(self, number: int) -> Path | None:
        with self._store.reading() as connection:
            one = figures.incident_of(connection, number)
        if one is None or one.seen is None or not one.seen.picture:
            return None
        return self._inside(one.seen.picture)

    def _inside(self, picture: str) -> Path | None:
        """A picture's file, if it is there and does not lead out of the evidence."""
        path = (self._folder / picture).resolve()
        return path if path.is_relative_to(self._folder) and path.is_file() else None
