"""Rows to documents and documents to rows: `read` and `write`, exact inverses of each other."""

from .reading import MODELS, as_stored, plain, read, read_all
from .writing import prune, write

__all__ = ["MODELS", "as_stored", "plain", "prune", "read", "read_all", "write"]
