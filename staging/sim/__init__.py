"""The SIM that signs: the operator's service, and the prompt on the person's phone.

portal-facts.md: telephone number, Xác thực, a prompt on the phone, the SIM's PIN (C). The operators'
messages are not known; the service speaks the status codes of ETSI TS 102 204 (C for the standard).
"""

from staging.sim.site import site

__all__ = ["site"]
