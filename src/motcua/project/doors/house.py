"""The house itself: its health, uploads, the payment platform: who may open which address."""

from motcua.project.audiences import Audience

TABLE = {
    "health": Audience.PUBLIC,
    "ready": Audience.PUBLIC,
    "metrics": Audience.PUBLIC,  # answers only to loopback
    "upload_begin": Audience.SIGNED_IN,
    "upload_piece": Audience.SIGNED_IN,
    "payments:callback": Audience.PUBLIC,  # signed by the platform
}
