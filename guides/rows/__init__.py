"""Rows to documents and documents to rows: `read` and `write`, exact inverses of each other."""

from .reading import MODELS, as_stored, drafts_of, plain, read, read_all
from .writing import prune, write, write_all

__all__ = ["MODELS", "as_stored", "drafts_of", "plain", "prune", "read", "read_all", "write", "write_all"]
