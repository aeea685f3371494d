"""VNeID, the citizens' identity provider: sso.dancuquocgia.gov.vn (portal-facts.md, "VNeID")."""

from staging.vneid.site import site

__all__ = ["site"]
