"""The permission table in parts, one a front door."""

from motcua.project.doors import account, api, audit, backoffice, desk, house, portal, post, studio, tax

#: Every part; an address stands in one of them.
TABLES = (
    account.TABLE,
    api.TABLE,
    audit.TABLE,
    backoffice.TABLE,
    desk.TABLE,
    house.TABLE,
    portal.TABLE,
    post.TABLE,
    studio.TABLE,
    tax.TABLE,
)
