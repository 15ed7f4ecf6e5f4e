"""Everything that changes units, posts, hours and territories."""

from motcua.agencies.actions.assign_code import assign_code
from motcua.agencies.actions.close_unit import close
from motcua.agencies.actions.create_unit import create_unit
from motcua.agencies.actions.import_units import import_units
from motcua.agencies.actions.load_territories import load_territories
from motcua.agencies.actions.move_unit import move
from motcua.agencies.actions.name_first_unit import name_first_unit
from motcua.agencies.actions.posts import NewPost, add_post, add_posts, close_post
from motcua.agencies.actions.rename_unit import rename
from motcua.agencies.actions.set_hours import set_hours

__all__ = [
    "NewPost",
    "add_post",
    "add_posts",
    "assign_code",
    "close",
    "close_post",
    "create_unit",
    "import_units",
    "load_territories",
    "move",
    "name_first_unit",
    "rename",
    "set_hours",
]
