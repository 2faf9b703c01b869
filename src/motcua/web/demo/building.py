"""Making the demo city once: calendar and procedures stand already, then people, keys, history."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import SigningKey, make_demo_authority
from motcua.foundation.timesource import now
from motcua.web.cli.progress import Progress, step
from motcua.web.demo.bank import open_accounts
from motcua.web.demo.city import City, build_city
from motcua.web.demo.city_plan import FLAGSHIP, FORMER
from motcua.web.demo.drawings import upload_drawings
from motcua.web.demo.former import MERGER, former_agencies
from motcua.web.demo.hall import open_hall
from motcua.web.demo.history import History, begin_of, live
from motcua.web.demo.keys import keys_for
from motcua.web.demo.past import settle_past
from motcua.web.demo.sharing import Lived, Share, can_share, second_process
from motcua.web.demo.tasks import order_keys

SMALL = 160
FULL = 20_500
FULL_FILES = 300
SMALL_FILES = 36


def password_file() -> str:
    """Where the demo's one password is kept between runs."""
    return str(settings.DATA_DIR / "secrets" / "demo-password")


def demo_password() -> str:
    """One password for all demo accounts, made at set-up (``MOTCUA_DEMO_PASSWORD`` sets it)."""
    path = settings.DATA_DIR / "secrets" / "demo-password"
    if path.exists():
        return path.read_text().strip()
    made = os.environ.get("MOTCUA_DEMO_PASSWORD") or f"mot-cua-{secrets.token_hex(3)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made)
    path.chmod(0o600)
    return made


def build_demo(*, full: bool = False) -> None:
    """Build the city, its keys and its history, each only when missing."""
    if not Agency.objects.exists():
        progress = Progress("Thành phố mẫu / the demo city")
        city = build_city(
            password=demo_password(), progress=lambda what, done, of: progress(done, of)
        )
        progress.finish(f"{city.agencies} cơ quan, {city.officials} cán bộ")
        _remember_accounts(city)
    _make_keys()
    wanted = FULL if full else SMALL
    standing = Case.objects.filter(kind="application").count()
    if standing < min(wanted, SMALL) or (full and standing < FULL * 0.95):
        _make_history(wanted - standing if full else wanted, full=full)
    with step("Sảnh tiếp dân / the hall"):
        open_hall()
    open_accounts()


def _make_keys() -> None:
    """The demo authority, a seal for every agency that needs one now, the flagship's signers."""
    if SigningKey.objects.exists():
        return
    with step("Chứng thư số mẫu / demo certificates"), transaction.atomic():
        make_demo_authority()
        now_needed = flagship_agencies()
        keys_for(now_needed)
        others = Agency.objects.filter(
            kind__in=("committee", "centre", "department", "branch"), valid_to__isnull=True
        ).exclude(Q(pk__in=[agency.pk for agency in now_needed]) | Q(code__startswith=FORMER))
        order_keys(list(others.values_list("pk", flat=True)))


def flagship_agencies() -> list[Agency]:
    """The agencies whose people the demo introduces: they sign real files from the start."""
    codes = ["ubnd-26740", "tt-26740", "ca-26740", "tt-tp", "ubnd-tp", "bhxh-tp"]
    return list(Agency.objects.filter(code__in=codes))


def live_share(
    *,
    dossiers: int,
    begin: dt.datetime,
    until: dt.datetime,
    with_files: int,
    seed: str,
    share: Share,
    progress: Callable[[int, int], None],
) -> History:
    """Live through the past of a share of the city: its far part without files."""
    return live(
        dossiers=dossiers,
        until=until,
        begin=begin,
        drawing=upload_drawings,
        progress=progress,
        with_files=with_files,
        seed=seed,
        share=share,
    )


def _make_history(count: int, *, full: bool) -> None:
    """Live through two years; the full past in two processes where that is possible.

    A past that was lived already is only filled up after the merger: the registers of the
    former units are closed.
    """
    until = now()
    begin = begin_of(until) if former_agencies() else max(begin_of(until), MERGER)
    title = f"Hồ sơ từ {begin:%m/%Y} / dossiers since {begin:%m/%Y}"
    progress = Progress(title)
    plan: dict[str, Any] = {
        "dossiers": count,
        "begin": begin,
        "until": until,
        "with_files": FULL_FILES if full else SMALL_FILES,
        "seed": f"lich-su-{count}",
    }
    if full and can_share():
        with second_process(**plan) as other:
            history = live_share(**plan, share=Share(0, 2, FLAGSHIP), progress=progress)
    else:
        other = Lived()
        history = live_share(**plan, share=Share(), progress=progress)
    filed, acts = history.filed + other.filed, history.acts + other.acts
    progress.finish(f"{filed:,} hồ sơ, {acts:,} bước")
    if refused := [*history.refused, *other.refused]:
        print(f"  ! {len(refused)} bước bị từ chối: {sorted(set(refused))[:5]}")
    with step("Sắp xếp quá khứ / settling the past"):
        settle_past()


def _remember_accounts(city: City) -> None:
    path = settings.DATA_DIR / "demo-accounts.txt"
    lines = [f"  {a.username:<22} {a.what.vi} — {a.what.en}" for a in city.accounts]
    path.write_text("\n".join(lines))


def welcome(port: int) -> str:
    """What the person who started the demo should read."""
    path = settings.DATA_DIR / "demo-accounts.txt"
    accounts = path.read_text() if path.exists() else ""
    return (
        f"\nMột Cửa: http://127.0.0.1:{port}\n\n"
        f"Mật khẩu chung / one password for all: {demo_password()}\n{accounts}\n\n"
        "Ctrl-C để dừng / to stop."
    )
