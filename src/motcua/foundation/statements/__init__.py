"""The statements of the hot paths, with their SQL made once instead of at every call.

The ORM spends several times longer on writing an ``INSERT`` or ``SELECT`` than
the database on running it. What is sent here is the same: :class:`Prepared`
keeps the SQL that the ORM itself wrote for a queryset, :func:`insert` and
:func:`update` name columns, :func:`fresh` makes the row to insert. Model
signals are not sent and ``save()`` is not called; models that need either do
not come here.
"""

from motcua.foundation.statements.making import fresh
from motcua.foundation.statements.reading import Prepared
from motcua.foundation.statements.sending import send
from motcua.foundation.statements.writing import (
    insert,
    insert_numbered,
    store,
    update,
    update_returning,
)

__all__ = [
    "Prepared",
    "fresh",
    "insert",
    "insert_numbered",
    "send",
    "store",
    "update",
    "update_returning",
]
