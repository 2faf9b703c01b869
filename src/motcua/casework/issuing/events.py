"""Events this part emits (payload: document, case_id, agency_id, template, number).

``issuing.signed``  the leader signed; the records clerk's turn.
``issuing.issued``  sealed or otherwise final; the applicant may have it.
``issuing.voided``  withdrawn with a reason.
"""

SIGNED = "issuing.signed"
ISSUED = "issuing.issued"
VOIDED = "issuing.voided"
