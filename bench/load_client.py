"""The people of the load measurement: a process of its own, a thread for each, only HTTP.

Reads a plan (JSON) from its first argument and prints one line of JSON: the milliseconds of
every request by its step, and what failed. It knows the house only by its pages.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import threading
import time
from collections import defaultdict
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)


def hidden(html: str) -> list[tuple[str, str]]:
    """Names and values of all hidden fields, in their order."""
    found: list[tuple[str, str]] = []
    for text in _HIDDEN.findall(html):
        facts = dict(_ATTRIBUTE.findall(text))
        if "name" in facts:
            found.append((facts["name"], unescape(facts.get("value", ""))))
    return found


class Failed(Exception):
    """A page was not what a person expects; the journey begins anew."""


class Tally:
    """What was measured, by all threads together."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.failed: dict[str, int] = defaultdict(int)
        self.counting = False

    def add(self, step: str, milliseconds: float) -> None:
        if self.counting:
            with self.lock:
                self.times[step].append(milliseconds)

    def fail(self, what: str) -> None:
        if self.counting:
            with self.lock:
                self.failed[what] += 1


class Browser:
    """One person's browser: a connection kept open, cookies, the address one stands at."""

    def __init__(self, host: str, tally: Tally, patience: float) -> None:
        self.host, self.tally = host, tally
        self.connection = http.client.HTTPConnection(host, timeout=patience)
        self.cookies: dict[str, str] = {}
        self.url = "/"
        self.page = ""

    def send(self, step: str, method: str, url: str, fields: Any = None) -> int:
        """One request as a person waits for it: without what follows a redirect."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}{self.url}",
            }
        began = time.perf_counter()
        try:
            self.connection.request(method, url, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.tally.fail(f"{step}: connection")
            raise Failed from None
        self.tally.add(step, (time.perf_counter() - began) * 1000)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        self.url, self.page = url, text.decode(errors="replace")
        if answer.status >= 400:
            self.tally.fail(f"{step}: {answer.status}")
            raise Failed
        if answer.status in {301, 302, 303}:
            self.url = urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl()
        return answer.status

    def get(self, step: str, url: str = "") -> str:
        """Open a page, by default the one that the last answer led to."""
        while self.send(step, "GET", url or self.url) in {301, 302, 303}:
            url = self.url
        return self.page

    def post(self, step: str, url: str, fields: Any) -> int:
        """Send a form with the token that the page held."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        pairs.append(("csrfmiddlewaretoken", self.cookies.get("csrftoken", "")))
        return self.send(step, "POST", url, pairs)


class Person(threading.Thread):
    """Somebody who logs in once and goes the same way again and again until the end."""

    role = ""

    def __init__(self, plan: dict[str, Any], facts: dict[str, Any], wait: float, tally: Tally):
        super().__init__(daemon=True)
        self.plan, self.facts, self.wait = plan, facts, wait
        self.browser = Browser(plan["host"], tally, plan["patience"])
        self.tally = tally
        self.chance = random.Random(facts["username"])
        self.until = plan["until"]

    def think(self) -> None:
        """People read and type: half to one and a half times the pause of their role."""
        pause = self.plan["think"][self.role] * self.chance.uniform(0.5, 1.5)
        time.sleep(max(0.0, min(pause, self.until - time.time())))
        if time.time() >= self.until:
            raise SystemExit

    def run(self) -> None:
        time.sleep(self.wait)
        entered = False
        try:
            while True:
                try:
                    if not entered:
                        self.enter()
                        entered = True
                    self.journey()
                except Failed:
                    self.think()
                self.think()
        except SystemExit:
            return
        except Exception as error:  # noqa: BLE001 - told in the report, the others go on
            self.tally.fail(f"{self.role} stopped: {type(error).__name__} {error}")

    def take(self, step: str, url: str, typed: dict[str, str]) -> None:
        """Send a screen of a form; it comes back once when an answer asks for more fields."""
        for _turn in range(3):
            pairs = {**dict(hidden(self.browser.page)), **typed}
            pairs.pop("csrfmiddlewaretoken", None)
            if self.browser.post(step, url, pairs) == 302:
                return
        self.tally.fail(f"{step}: refused at {url.rstrip('/').rsplit('/', 1)[-1]}")
        raise Failed

    def enter(self) -> None:
        self.browser.get("log-in page", "/login/")
        who = {"username": self.facts["username"], "password": self.plan["password"]}
        if self.browser.post("log in", "/login/", who) != 302:
            self.tally.fail("log in: refused")
            raise Failed
        self.browser.get("first page")

    def journey(self) -> None:
        raise NotImplementedError


class Citizen(Person):
    """Looks around, files a dossier, follows it."""

    role = "citizen"

    def journey(self) -> None:
        b = self.browser
        b.get("citizen: home", "/")
        self.think()
        b.get(
            "citizen: search",
            f"/tim-kiem/?{urlencode({'q': self.chance.choice(self.plan['queries'])})}",
        )
        self.think()
        code = self.plan["procedure"]
        b.get("citizen: procedure", f"/thu-tuc/{code}/")
        self.think()
        b.get("citizen: before filing", f"/thu-tuc/{code}/nop/")
        b.post("citizen: begin", f"/thu-tuc/{code}/nop/", {})
        self.fill()
        b.get("citizen: check", b.url)
        self.think()
        b.post("citizen: submit", b.url, {})
        b.get("citizen: filed")
        uid = re.search(r"/ho-so/([0-9a-f-]{36})/", b.url)
        self.think()
        for _turn in range(2):
            b.get("citizen: my dossiers", "/ho-so/")
            self.think()
            if uid:
                b.get("citizen: follow", f"/ho-so/{uid[1]}/")
                self.think()

    def fill(self) -> None:
        """All screens of the form, the centre, the papers."""
        b = self.browser
        for _turn in range(14):
            b.get("citizen: form screen", b.url)
            self.think()
            if "/mau/" in b.url:
                self.take(
                    "citizen: save draft", b.url, {**self.facts["answers"], "_action": "next"}
                )
            elif b.url.endswith("/noi-nop/"):
                centre = {"centre": self.facts["centre"], "_action": "next"}
                self.take("citizen: centre", b.url, centre)
            else:
                self.take("citizen: papers", b.url, {"_action": "next"})
            if b.url.endswith("/kiem-tra/"):
                return
        self.tally.fail("citizen: the form has no end")
        raise Failed


class Clerk(Person):
    """Calls the next ticket, receives who came, then takes an online dossier."""

    role = "counter"

    def enter(self) -> None:
        super().enter()
        b = self.browser
        b.get("counter: hall", "/console/sanh/")
        b.post("counter: sit down", "/console/sanh/mo-quay/", {"counter": self.facts["counter"]})

    def journey(self) -> None:
        b = self.browser
        b.get("counter: hall", "/console/sanh/")
        self.think()
        b.post("counter: next ticket", "/console/sanh/goi/", {})
        b.get("counter: hall", "/console/sanh/")
        ticket = re.search(r"/console/sanh/so/([0-9a-f-]{36})/", b.page)
        if ticket:
            b.post("counter: begin", f"/console/sanh/so/{ticket[1]}/bat-dau/", {})
        self.walk_in()
        if ticket:
            b.post("counter: done", f"/console/sanh/so/{ticket[1]}/xong/", {})
        for _turn in range(2):
            self.online()

    def walk_in(self) -> None:
        b, plan = self.browser, self.plan
        b.get("counter: choose", "/console/tiep-nhan/")
        self.think()
        b.post("counter: start", "/console/tiep-nhan/bat-dau/", {"procedure": plan["procedure"]})
        base = b.url.removesuffix("nguoi-nop/")
        b.get("counter: person page")
        self.think()
        number = f"079190{self.chance.randrange(10**6):06d}"
        self.sent("counter: person", b.url, {**plan["person"], "identity_number": number})
        b.get("counter: form page")
        self.think()
        self.take("counter: form", b.url, {**plan["sheet"], "requester_identity": number})
        b.get("counter: papers page")
        self.think()
        pairs = [pair for pair in hidden(b.page) if pair[0] != "csrfmiddlewaretoken"]
        pairs += [(name, "1") for name in set(re.findall(r'name="(original-[^"]+)"', b.page))]
        pairs += [("shown", paper) for paper in re.findall(r'name="shown" value="([^"]+)"', b.page)]
        amount = re.search(r'name="amount"[^>]*value="([^"]*)"', b.page)
        pairs += [("amount", amount[1] if amount and amount[1] else "15.000")]
        self.sent("counter: receive", f"{base}giay-to/", [*pairs, ("file", "1"), ("accept", "on")])
        b.get("counter: received")
        uid = re.search(r"/xong/([0-9a-f-]{36})/", b.url)
        b.post("counter: take the fee", b.url, {})
        self.think()
        if uid:
            b.get("counter: receipt", f"/console/ho-so/{uid[1]}/bien-lai/")
            self.think()
            self.act(uid[1], "forward")

    def sent(self, step: str, url: str, pairs: Any) -> None:
        pairs = list(pairs.items()) if isinstance(pairs, dict) else pairs
        pairs = [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]
        if self.browser.post(step, url, pairs) != 302:
            self.tally.fail(f"{step}: refused")
            raise Failed

    def online(self) -> None:
        b = self.browser
        page = b.get("counter: inbox", "/console/")
        self.think()
        found = re.findall(r"/console/ho-so/([0-9a-f-]{36})/", page)
        if found:
            uid = self.chance.choice(found[:12])
            if self.act(uid, "accept"):
                self.act(uid, "forward")

    def act(self, uid: str, action: str) -> bool:
        """Press the button of an action, when the page offers it."""
        b = self.browser
        b.get("counter: dossier", f"/console/ho-so/{uid}/")
        self.think()
        for attributes, inside in _FORM.findall(b.page):
            pairs = hidden(inside)
            if "/thuc-hien/" in attributes and ("action", action) in pairs:
                pairs = [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]
                b.post(f"counter: {action}", f"/console/ho-so/{uid}/thuc-hien/", pairs)
                return True
        return False


def main() -> None:
    plan: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
    tally = Tally()
    now = time.time()
    plan["until"] = now + plan["ramp"] + plan["seconds"]
    people: list[Person] = []
    for kind, name in ((Clerk, "clerks"), (Citizen, "citizens")):
        count = len(plan[name])
        people += [
            kind(plan, facts, plan["ramp"] * place / count, tally)
            for place, facts in enumerate(plan[name])
        ]
    threading.stack_size(256 * 1024)
    for person in people:
        person.start()
    time.sleep(plan["ramp"])
    tally.counting = True
    began = time.time()
    for person in people:
        person.join(max(0.0, plan["until"] - time.time()) + 35)
    print(
        json.dumps(
            {
                "seconds": time.time() - began,
                "times": tally.times,
                "failed": tally.failed,
                "cpu": time.process_time(),
            }
        )
    )


if __name__ == "__main__":
    main()
