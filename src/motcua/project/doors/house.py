"""The house itself: its health, uploads, the payment platform: who may open which address."""

from motcua.project.audiences import Audience

TABLE = {
    "health": Audience.PUBLIC,
    "ready": Audience.PUBLIC,
    "metrics": Audience.PUBLIC,  # answers only to loopback
    "upload_begin": Audience.SIGNED_IN,
    "upload_piece": Audience.SIGNED_IN,
    "demo_pki:stamp": Audience.PUBLIC,  # in demo mode, to this very machine; so are the next three
    "demo_pki:ocsp": Audience.PUBLIC,
    "demo_pki:crl": Audience.PUBLIC,
    "demo_pki:authority": Audience.PUBLIC,
    "payments:callback": Audience.PUBLIC,  # signed by the platform
}
