"""What the reasoning is worth, in numbers: everything that `make evaluate` measures."""
