"""Sessions in the database, as Django keeps them; every page reads one."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.kernel.rows import Rows


class SessionStore(DatabaseStore):
    """Django's session in the database, found by a statement made once."""

    def _get_session_from_db(self) -> Session | None:
        found = _LIVING.first(key=self.session_key, at=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


_LIVING = Rows(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at), key=str, at=datetime)
