"""File one dossier of 9.000635 in the demo city and take it to the sealed result."""

from motcua.casework.access.public import actor_of
from motcua.casework.agencies.public import agency_by_code
from motcua.casework.cases.public import access_case, timeline
from motcua.casework.clock.public import explanation, span_in_words
from motcua.casework.issuing.public import document_bytes, documents_of, verify
from motcua.casework.people.public import Account
from motcua.casework.workflow.public import actions_for
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.telemetry import configure_logging
from motcua.foundation.timesource import local
from motcua.subsystems.applications.public import Filing, act, submit

configure_logging("CRITICAL")


def actor(username: str):
    """The demo account as the actor it is today."""
    return actor_of(Account.objects.get(username=username))


def do(username: str, uid: str, action: str, **payload: object) -> None:
    """Let somebody take an action that the process offers them now."""
    who = actor(username)
    offered = actions_for(who, access_case(who, uid), {"channel": "online", "case": "for_another"})
    token = next(possible.token_id for possible in offered if possible.action == action)
    done = act(actor=who, uid=uid, token_id=token, action=action, payload=payload)
    print(f"{username:20} {action:10} → {done['state']}")


citizen = actor("congdan")
answers = {
    "requester_name": citizen.name,
    "requester_phone": "0901234567",
    "relation": "parent",
    "child_name": "Nguyễn Minh An",
    "child_birth_date": "2019-05-20",
    "child_sex": "male",
    "registered_at": "Uỷ ban nhân dân phường Bến Nghé",
    "copies": 2,
    "result_channel": "online",
    "truthful": True,
}
centre = agency_by_code("tt-26740")
filing = Filing(procedure_code="9.000635", answers=answers, receiving_agency_id=centre.pk)
filed = submit(actor=citizen, filing=filing)
uid = filed["uid"]
print(f"{'congdan':20} {'submit':10} → {filed['code']}")
do("tiepnhan1.saigon", uid, "accept")
do("tiepnhan1.saigon", uid, "forward")
do("hotich.saigon", uid, "propose", note="Đã tra cứu sổ.")
do("chutich.saigon", uid, "sign")
do("vanthu.saigon", uid, "issue")
do("tiepnhan1.saigon", uid, "deliver")
run_until_idle()

case = access_case(citizen, uid)
print("\nDue:", f"{local(case.due_at):%H:%M %d/%m/%Y}" if case.due_at else "–")
for line in explanation(case.pk):
    end = f"{local(line.to_at):%H:%M %d/%m}" if line.to_at else "…"
    counted = span_in_words(line.counted).en
    print(f"  {local(line.from_at):%H:%M %d/%m} – {end}  {counted}: {line.why.en}")
print("\nWhat the citizen sees, newest first:")
for row in timeline(case, public_only=True):
    print(f"  {local(row.at):%H:%M}  {row.verb.removeprefix('applications.'):10} {row.to_state}")
print("\nDocuments:")
for document in documents_of(citizen, case.pk):
    pdf = document_bytes(document)
    print(f"  {document.title} {document.full_number} {document.code} {len(pdf):,} bytes")
    for finding in verify(pdf).signatures:
        print(f"    {finding.indication}: {finding.sentence().en}")
