"""Rows to documents and documents to rows: `read` and `write`, exact inverses of each other."""

from .reading import MODELS, all_of, as_stored, drafts_of, plain, read, read_all
from .writing import prune, still_named, write, write_all

__all__ = [
    "MODELS",
    "all_of",
    "as_stored",
    "drafts_of",
    "plain",
    "prune",
    "read",
    "read_all",
    "still_named",
    "write",
    "write_all",
]
