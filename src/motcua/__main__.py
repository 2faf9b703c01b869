"""``python -m motcua`` is the command ``motcua``."""

import sys

from motcua.web.cli import main

sys.exit(main())
