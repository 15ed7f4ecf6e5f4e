"""Acts of the room: one file an act."""

from motcua.packages.actions.install import Installed, install_package

__all__ = ["Installed", "install_package"]
