"""The door of this part: what others may call."""

from motcua.casework.attachments.deriving import make_derivatives
from motcua.casework.attachments.errors import UploadRefused
from motcua.casework.attachments.made import (
    attach_made,
    forget_made,
    give_made,
    put_bytes,
    put_file,
)
from motcua.casework.attachments.models import Attachment, Blob, Derivative
from motcua.casework.attachments.paging import count_pages, page_count, page_picture
from motcua.casework.attachments.rules import FILE_TYPES
from motcua.casework.attachments.scanning import Scanner, ScannerUnavailable, ScanResult
from motcua.casework.attachments.selectors import (
    attachment_of,
    attachments_of,
    derivative,
    draft_attachments,
    open_blob,
    open_original,
    read_bytes,
    text_of,
)
from motcua.casework.attachments.services import (
    Upload,
    claim_drafts,
    receive_upload,
    reuse,
    withdraw,
)
from motcua.casework.attachments.sheets import (
    LEAST_WIDTH,
    TURNS,
    Sheet,
    encoded,
    sheet_count,
    sheet_of,
    sheet_picture,
    sheets_of_stored,
)
from motcua.casework.attachments.storage import BlobStore, FolderStore, blob_store
from motcua.casework.attachments.stored import (
    PaperStore,
    ScanOrder,
    StoredOffer,
    digitise_paper,
    note_look,
    register_paper_store,
    stored_offers,
    take_stored,
)
from motcua.casework.attachments.upkeep import purge_drafts, scan_blob, sweep_store

__all__ = [
    "FILE_TYPES",
    "LEAST_WIDTH",
    "TURNS",
    "Attachment",
    "Blob",
    "BlobStore",
    "Derivative",
    "FolderStore",
    "PaperStore",
    "ScanOrder",
    "ScanResult",
    "Scanner",
    "ScannerUnavailable",
    "Sheet",
    "StoredOffer",
    "Upload",
    "UploadRefused",
    "attach_made",
    "attachment_of",
    "attachments_of",
    "blob_store",
    "claim_drafts",
    "count_pages",
    "derivative",
    "digitise_paper",
    "draft_attachments",
    "encoded",
    "forget_made",
    "give_made",
    "make_derivatives",
    "note_look",
    "open_blob",
    "open_original",
    "page_count",
    "page_picture",
    "purge_drafts",
    "put_bytes",
    "put_file",
    "read_bytes",
    "receive_upload",
    "register_paper_store",
    "reuse",
    "scan_blob",
    "sheet_count",
    "sheet_of",
    "sheet_picture",
    "sheets_of_stored",
    "stored_offers",
    "sweep_store",
    "take_stored",
    "text_of",
    "withdraw",
]
