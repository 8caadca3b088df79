"""What we know of a case, handed over to a person: as a ticket to copy, to download, or to send by e-mail."""
