"""The embedded portals: provinces, VNeID, the phone app and the national portal on loopback.

A program of its own (`python -m staging`). It knows nothing of the suite: no guide, no portal file,
no import from outside this package. What is compared must not have a common source.
"""
