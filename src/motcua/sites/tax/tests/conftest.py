from motcua.sites.post.tests.conftest import now, sign_in, world

__all__ = ["now", "sign_in", "world"]
