"""Events this slice emits.

- ``payments.collected`` — a charge was paid and a receipt given: ``case_id``, ``receipt_id``.
- ``payments.receipt_replaced`` — a receipt was taken back: ``receipt_id``, ``voided_id``.
- ``payments.arrived`` — a credit was told and booked: ``arrival_id``.
- ``payments.obligation_paid`` — all that another law asks for a dossier is proved paid:
  ``case_id``, ``obligation_id``, ``settled_at``.
- ``payments.refunded`` — money was given back: ``refund_id``.
"""
