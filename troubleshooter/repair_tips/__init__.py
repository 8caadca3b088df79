"""Repair tips: a flow run that failed is reported by the flow itself, and its owner gets an e-mail with the fix."""
