"""Events this slice emits.

- ``reception.called`` — a ticket was called: ``ticket_id``, ``counter`` (its number).
- ``reception.finished`` — a service ended: ``ticket_id``, ``case_id`` when a dossier was filed.
- ``reception.rated`` — the person rated it on the tablet: ``ticket_id``, ``case_id``; not how.
- ``reception.appointment_changed`` — booked, moved or cancelled: ``appointment_id``, ``sequence``.
"""
