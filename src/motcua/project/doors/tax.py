"""The tax offices: who may open which address."""

from motcua.project.audiences import Audience

TABLE = {
    "tax:home": Audience.HANDLER,
    "tax:sheet": Audience.HANDLER,
    "tax:sheet_pdf": Audience.DESK,
    "tax:answer": Audience.HANDLER,
    "tax:return": Audience.HANDLER,
    "tax:paid": Audience.HANDLER,
    "tax:money": Audience.HANDLER,
    "tax:money_list": Audience.HANDLER,
    "tax:money_pdf": Audience.HANDLER,
}
