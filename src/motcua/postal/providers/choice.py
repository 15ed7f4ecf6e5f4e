"""Which post company system this installation uses."""

from django.conf import settings

from motcua.postal.providers import PostProvider
from motcua.postal.providers.by_hand import ByHandProvider
from motcua.postal.providers.http import HttpPostProvider

BY_HAND = "by_hand"


def provider() -> PostProvider:
    """Return the provider that `MOTCUA_POST_PROVIDER` names: by_hand, or the address of a company."""
    chosen: str = settings.POST_PROVIDER
    return ByHandProvider() if chosen == BY_HAND else HttpPostProvider(chosen)
