"""Everything out of this installation and into another: documents in folders and archives, and what staff keep."""
