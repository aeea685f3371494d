"""The as-of dates of the embedded portals (portal-facts.md, "What has changed")."""

PUBLISHED = "published"  # the world the guides show
JUNE_2025 = "2025-06"  # third card, code in the app, consent and passcode dialogs
NOVEMBER_2026 = "2026-11"  # provincial front doors closed in favour of the national portal
EDITIONS = (PUBLISHED, JUNE_2025, NOVEMBER_2026)
