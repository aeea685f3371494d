"""SmartCA: remote signing. The service that is asked, and the app on the person's phone.

portal-facts.md, "Signing in with a digital certificate": the service answers
`sig_wait_for_user_confirm` with a transaction id, the person confirms with a PIN in the app, the
caller asks for the transaction's status (C). How the app looks is not known (?).
"""

from staging.smartca.site import site

__all__ = ["site"]
