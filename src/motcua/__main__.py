"""`python -m motcua`: the same program as `motcua`, for places where scripts cannot start (very long paths)."""

import sys

from motcua.project.cli import main

if __name__ == "__main__":
    sys.exit(main())
