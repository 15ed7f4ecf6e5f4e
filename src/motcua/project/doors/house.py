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
    "evidence:head": Audience.PUBLIC,
    "evidence:note": Audience.PUBLIC,
    "evidence:growth": Audience.PUBLIC,
    "evidence:held": Audience.PUBLIC,
    "evidence:offer": Audience.PUBLIC,  # kept only when signed by a key that we hold
    "payments:callback": Audience.PUBLIC,  # signed by the platform
}
