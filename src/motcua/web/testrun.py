"""``make test``: every test on SQLite, again on PostgreSQL where a server answers."""

from __future__ import annotations

import os
import subprocess
import sys
import time

LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def postgres_url() -> str:
    """The PostgreSQL server to test on, or an empty string when none answers."""
    import psycopg

    candidates = [os.environ.get("DATABASE_URL", ""), LOCAL]
    for url in candidates:
        if url.startswith("postgres"):
            try:
                psycopg.connect(url, connect_timeout=3).close()
            except psycopg.Error:
                continue
            return url
    return ""


def run(name: str, url: str, *arguments: str) -> int:
    """One run of the suite on one database."""
    env = dict(os.environ, MOTCUA_TEST_DATABASE_URL=url, MOTCUA_TEST_SUFFIX=f"run_{os.getpid()}")
    began = time.monotonic()
    print(f"\n=== {name} ===", flush=True)
    done = subprocess.run([sys.executable, "-m", "pytest", *arguments], env=env, check=False)
    print(f"=== {name}: {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode


def main() -> int:
    """Extra arguments go to pytest."""
    extra = sys.argv[1:]
    codes = [run("SQLite", "sqlite:///:memory:", "-n", "2", *extra)]
    if url := postgres_url():
        codes.append(run("PostgreSQL", url, "-n", "2", "-m", "not browser", *extra))
    else:
        print("PostgreSQL: no server answers; run on SQLite only")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
