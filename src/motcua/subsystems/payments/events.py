"""Events this slice emits.

- ``payments.collected`` — a charge was paid and a receipt given: ``case_id``, ``receipt_id``.
"""
