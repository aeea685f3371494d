"""The store's tables. Times are seconds since the epoch; the migrations make them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# One row, `turn`: whoever changes anything counts it up first, which makes all changes take turns.
meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("number", Integer, nullable=False, default=0),
    Column("value", Text),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("started", Float, nullable=False, index=True),
    Column("ended", Float),
    Column("folder", Text, nullable=False),
    Column("plan", Text, nullable=False),  # JSON: the journeys to be walked
    Column("holder", String(80), nullable=False),
    Column("said", Text),  # what went wrong with the run itself
)

results = Table(
    "results",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", String(60), nullable=False),
    Column("portal", String(60), nullable=False),
    Column("journey", String(120), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("counted", String(12), nullable=False),  # up, down, excused, unknown, unconfirmed
    Column("cause", String(120)),
    Column("seen", Text),  # JSON of what was seen, of failures and drifts alone
    Column("simulated", Boolean, nullable=False),
    UniqueConstraint("run", "journey", "attempt"),
    Index("results_by_journey", "journey", "at"),
    Index("results_by_time", "at"),
)

# The latest of every journey, and what the rules remember of it.
journeys = Table(
    "journeys",
    metadata,
    Column("journey", String(120), primary_key=True),
    Column("portal", String(60), nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("state", Text, nullable=False),
    Column("latest", Text),
    Column("drifted_since", Float),
)

rollups = Table(
    "rollups",
    metadata,
    Column("length", Integer, primary_key=True),  # seconds: an hour or a day
    Column("begin", Float, primary_key=True),
    Column("journey", String(120), primary_key=True),
    Column("portal", String(60), nullable=False),
    Column("up", Integer, nullable=False, default=0),
    Column("down", Integer, nullable=False, default=0),
    Column("excused", Integer, nullable=False, default=0),
    Column("unknown", Integer, nullable=False, default=0),
    Column("drifted", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),  # of the successes, together
    Column("slowest", Float, nullable=False, default=0.0),
    Index("rollups_by_journey", "journey", "length", "begin"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("cause", String(120), nullable=False, index=True),
    Column("opened", Float, nullable=False, index=True),
    Column("closed", Float, index=True),
    Column("simulated", Boolean, nullable=False),
    Column("state", Text, nullable=False),
)

incident_portals = Table(
    "incident_portals",
    metadata,
    Column("incident", Integer, primary_key=True),
    Column("portal", String(60), primary_key=True),
    Index("incident_portals_by_portal", "portal", "incident"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident", Integer, nullable=False, index=True),
    Column("at", Float, nullable=False),
    Column("change", String(12), nullable=False),
    Column("what", Text, nullable=False, default=""),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(160), nullable=False, unique=True),
    Column("channel", String(60), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("grade", String(10), nullable=False),  # failure, warning, success, info
    Column("created", Float, nullable=False),
    Column("due", Float, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("said", Text),
    Column("claimed", String(80)),
    Column("claimed_until", Float),
    Column("sent", Float),
    Index("outbox_waiting", "sent", "due"),
)

maintenance = Table(
    "maintenance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("of", String(120), nullable=False),
    Column("begin", Float, nullable=False),
    Column("end", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(80), nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(160), primary_key=True),
    Column("holder", String(120), nullable=False),
    Column("until", Float, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("host", String(200), primary_key=True),
    Column("begin", Float, primary_key=True),  # of five minutes
    Column("count", Integer, nullable=False, default=0),
)

slots = Table(
    "slots",
    metadata,
    Column("portal", String(60), primary_key=True),
    Column("started", Float, nullable=False),
)

probes = Table(
    "probes",
    metadata,
    Column("host", String(200), primary_key=True),
    Column("at", Float, nullable=False),
    Column("kind", String(12)),
    Column("message", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("status", Integer),
    Column("expires", Float),
)

aside = Table(
    "accounts_aside",
    metadata,
    Column("account", String(40), primary_key=True),
    Column("since", Float, nullable=False),
    Column("why", Text, nullable=False),
)
