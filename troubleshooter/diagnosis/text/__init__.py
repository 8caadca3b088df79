"""What can be found in a pasted text: codes, messages, statuses and ordinary words, each with its place."""
