"""``python -m motcua.web.cli``."""

import sys

from motcua.web.cli import main

sys.exit(main())
