"""The knowledge: what staff write, what readers see, and how one becomes the other."""
