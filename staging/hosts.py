"""The names this program answers to. Real ones: the address bar shows what a guide shows."""

LAI_CHAU = "dichvucong.laichau.gov.vn"
THANH_HOA = "dichvucong.thanhhoa.gov.vn"
HUNG_YEN = "dichvucong.hungyen.gov.vn"
HUNG_YEN_OFFICIALS = "motcua.hungyen.gov.vn"
VNEID = "sso.dancuquocgia.gov.vn"
NATIONAL = "dichvucong.gov.vn"
NATIONAL_IDP = "xacthuc.dichvucong.gov.vn"
NATIONAL_REGISTRATION = "dangky.dichvucong.gov.vn"
NATIONAL_FEEDBACK = "pakn.dichvucong.gov.vn"
NATIONAL_PROCEDURES = "csdl.dichvucong.gov.vn"
NATIONAL_ADMINISTRATION = "quantri.dichvucong.gov.vn"
APP = "vneid-app.staging.test"
SMS = "sms.staging.test"
CONTROL = "control.staging.test"
SMARTCA_APP = "smartca-app.staging.test"
SIM_PHONE = "sim.staging.test"
TOKEN_AGENT = "token-agent.staging.test"
CERTIFICATE_SERVICE = "ca.staging.test"
LOOKALIKE = "dich-vu-cong-lai-chau.example"

PORTALS = (LAI_CHAU, THANH_HOA, HUNG_YEN)
NATIONAL_PORTALS = (
    NATIONAL,
    NATIONAL_IDP,
    NATIONAL_REGISTRATION,
    NATIONAL_FEEDBACK,
    NATIONAL_PROCEDURES,
    NATIONAL_ADMINISTRATION,
)
# Where the VNPT-CA plugin may listen on the visitor's own machine, in the order a page tries them
# (portal-facts.md, graded C). As the browser sees them: a key with a port maps that port alone.
TOKEN_PLUGIN = tuple(f"localhost:{port}" for port in (4433, 4434, 4435, 9201, 9202))
PHONES = (APP, SMARTCA_APP, SIM_PHONE)
# What a visitor meets; the SMS inbox and the control interface are tools of the tests.
VISITED = (*PORTALS, HUNG_YEN_OFFICIALS, *NATIONAL_PORTALS, VNEID, *PHONES, TOKEN_AGENT, LOOKALIKE)
