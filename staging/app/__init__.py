"""The VNeID app as a page of a phone's size: a second browser context is the citizen's phone."""

from staging.app.site import site

__all__ = ["site"]
