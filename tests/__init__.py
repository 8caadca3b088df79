"""What is promised, as sentences."""
