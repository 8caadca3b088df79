"""The public pages of the knowledge: guides, error codes, search, help and the permanent links."""
