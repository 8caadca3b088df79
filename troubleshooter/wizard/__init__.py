"""The conversation over HTTP: the home page, the pasted text, and the diagnosis with its questions and fixes."""
