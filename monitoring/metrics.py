"""Figures for Prometheus, read from the store when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy import Connection, func, select

from monitoring import figures, outbox, tables
from monitoring.state import Incident
from monitoring.store import NoStore, Store

OUTCOMES = (
    "internal", "failed", "blocked", "drifted", "accepted", "matches", "not_checked",
)  # fmt: skip
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposition(store: Store, now: float) -> bytes:
    """All figures in Prometheus' text format; without a store, only that there is none."""
    registry = CollectorRegistry()
    registry.register(_Figures(store, now))
    return generate_latest(registry)


class _Figures:
    """Collects at once, so that one answer shows one moment."""

    def __init__(self, store: Store, now: float) -> None:
        self._store = store
        self._now = now

    def collect(self) -> Iterator[Metric]:
        try:
            with self._store.reading() as connection:
                yield from self._journeys(connection)
                yield from self._monitor(connection)
        except NoStore:
            yield _gauge("guidewatch_store_usable", "Whether the store can be used", [((), 0.0)])

    def _journeys(self, connection: Connection) -> Iterator[Metric]:
        table = tables.journeys
        rows = connection.execute(select(table).where(table.c.latest.is_not(None)))
        latest = [(row.portal, row.journey, json.loads(row.latest)) for row in rows]
        yield _gauge(
            "guidewatch_journey_outcome",
            "Outcome of the latest walk of a journey (1 for the one it had)",
            [
                ((portal, journey, outcome, _simulated(one)), float(one["outcome"] == outcome))
                for portal, journey, one in latest
                for outcome in OUTCOMES
            ],
            ("portal", "journey", "outcome", "simulated"),
        )
        yield _gauge(
            "guidewatch_journey_seconds",
            "Seconds that the latest walk of a journey took",
            [((portal, journey), one["seconds"]) for portal, journey, one in latest],
            ("portal", "journey"),
        )
        yield _gauge(
            "guidewatch_step_seconds",
            "Seconds that a step took in the latest walk of its journey",
            [
                ((portal, journey, step), seconds)
                for portal, journey, one in latest
                for step, _, seconds in one["steps"]
            ],
            ("portal", "journey", "step"),
        )
        yield _gauge(
            "guidewatch_journey_checked_timestamp_seconds",
            "When a journey was last walked",
            [((portal, journey), one["at"]) for portal, journey, one in latest],
            ("portal", "journey"),
        )

    def _monitor(self, connection: Connection) -> Iterator[Metric]:
        probes = list(connection.execute(select(tables.probes)))
        yield _gauge(
            "guidewatch_certificate_expires_in_seconds",
            "Seconds until a host's TLS certificate expires; divide by 86400 for days",
            [((p.host,), p.expires - self._now) for p in probes if p.expires is not None],
            ("host",),
        )
        yield _gauge(
            "guidewatch_probe_success",
            "Whether the latest probe of a host without a browser went well",
            [((p.host,), float(p.kind is None)) for p in probes],
            ("host",),
        )
        yield _gauge(
            "guidewatch_probe_seconds",
            "Seconds that the latest probe of a host took",
            [((p.host,), p.seconds) for p in probes],
            ("host",),
        )
        ended = connection.execute(select(func.max(tables.runs.c.ended))).scalar()
        age = [] if ended is None else [((), self._now - ended)]
        yield _gauge("guidewatch_last_run_age_seconds", "Seconds since the last finished run", age)
        waiting = [((), float(outbox.waiting(connection)))]
        yield _gauge("guidewatch_outbox_letters", "Alerts that wait to be sent", waiting)
        open_ = [one for one in figures.incidents(connection, self._now) if one.closed is None]
        yield _gauge(
            "guidewatch_incident_open",
            "Incidents that are open, by cause",
            [((one.cause, _truth(one)), 1.0) for one in open_],
            ("cause", "simulated"),
        )
        yield _gauge("guidewatch_store_usable", "Whether the store can be used", [((), 1.0)])


def _gauge(
    name: str, what: str, values: list[Any], labels: tuple[str, ...] = ()
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=labels)
    for label_values, value in values:
        family.add_metric(label_values, value)
    return family


def _simulated(latest: dict[str, Any]) -> str:
    return "true" if latest["simulated"] else "false"


def _truth(one: Incident) -> str:
    return "true" if one.simulated else "false"
