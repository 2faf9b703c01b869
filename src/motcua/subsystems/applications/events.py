"""Events this slice emits; each payload has ``case_id``, ``state`` and ``verb``.

- ``applications.submitted`` — a dossier was filed online or at the counter.
- ``applications.accept`` — taken as complete; the legal clock runs. ``slip_id``: form 01.
- ``applications.refuse`` — not taken. ``slip_id``: form 03.
- ``applications.forward`` — handed to the competent agency.
- ``applications.assign`` — an officer was named: ``officer_id``.
- ``applications.request_supplement`` — asked once for everything missing. ``slip_id``: form 02.
- ``applications.supplement`` — the applicant sent what was asked.
- ``applications.request_financial_obligation`` — waits for a payment under another law.
- ``applications.confirm_financial_obligation`` — that payment was made.
- ``applications.ask_consultation`` — another agency was asked.
- ``applications.answer_consultation`` — it answered, or its silence counted.
- ``applications.propose`` — the officer proposed a result.
- ``applications.return_for_rework`` — sent back to an earlier step.
- ``applications.confirm_draft`` — the citizen confirmed the draft, or was silent.
- ``applications.approve`` — the head of division passed it on.
- ``applications.sign`` — the leader signed; the number is fixed.
- ``applications.issue`` — sealed: the result exists. ``document``: its uid.
- ``applications.deliver`` — the result was handed over.
- ``applications.withdraw`` — the applicant asked to have it back.
- ``applications.approve_withdrawal`` — the agency let it go. ``slip_id``: form 05.
- ``applications.stop`` — handling stopped. ``slip_id``: form 05.
- ``applications.stop_no_supplement`` — stopped by itself: no supplement came.
- ``applications.refuse_after_appraisal`` — not eligible. ``slip_id``: form 03.
- ``applications.extend`` — apologised and extended, once. ``slip_id``: form 04.
- ``applications.note`` — a move with a note.
- ``applications.slip_ordered`` — an official printed a control slip: ``slip_id``.
- ``applications.group_filed`` — several dossiers were filed as one (only ``case_id``).
- ``applications.rated`` — the applicant said how it went: ``score``.
"""

from __future__ import annotations

from motcua.subsystems.procedures.public import VERBS

ACTS = ("submitted", *sorted(VERBS))
"""What a dossier's story is made of: filing, and every verb that a process may name."""
