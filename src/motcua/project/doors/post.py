"""The post offices: who may open which address."""

from motcua.project.audiences import Audience

TABLE = {
    "post:home": Audience.POST_CLERK,
    "post:desk": Audience.RECEIVER,
    "post:take_in": Audience.POST_CLERK,
    "post:take_in_form": Audience.POST_CLERK,
    "post:taken_in": Audience.POST_CLERK,
    "post:order": Audience.CARRIER,
    "post:order_act": Audience.CARRIER,
    "post:sheets": Audience.CARRIER,
    "post:sheet_make": Audience.CARRIER,
    "post:sheet": Audience.CARRIER,
    "post:sheet_drop": Audience.CARRIER,
    "post:sheet_pdf": Audience.CARRIER,
    "post:money": Audience.CARRIER,
    "post:money_close": Audience.POST_CLERK,
    "post:money_list": Audience.CARRIER,
    "post:money_pdf": Audience.CARRIER,
    "post:receipt": Audience.SIGNED_IN,
    "post:taxes": Audience.POST_CLERK,
    "post:tax": Audience.POST_CLERK,
}
