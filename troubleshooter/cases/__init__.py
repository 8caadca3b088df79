"""What happened to people: errors we do not know, pages they found wrong, and whether a fix helped."""
