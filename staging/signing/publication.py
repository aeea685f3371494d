"""ca.staging.test: where the staging certification service publishes whom it has revoked."""

from datetime import timedelta

from cryptography.hazmat.primitives.serialization import Encoding
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from staging import hosts
from staging.scene import Scene, Site
from staging.signing.certificates import LIST, Certificates

_LONG_AGO = timedelta(days=30)


def site(scene: Scene) -> Site:
    async def revocation_list(_request: Request) -> Response:
        certificates, now = scene.shared(Certificates), scene.clock.now()
        if scene.faults.active("revocation-list-outdated"):
            now -= _LONG_AGO
        forged = scene.faults.active("revocation-list-forged")
        publisher = certificates.foreign if forged else certificates.service
        content = publisher.revocation_list(now).public_bytes(Encoding.DER)
        return Response(content, media_type="application/pkix-crl")

    return Site(hosts.CERTIFICATE_SERVICE, Starlette(routes=[Route(LIST, revocation_list)]))
