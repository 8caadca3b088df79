"""The site and the reasoning behind it."""
