"""What staff should write or mend next: their start page, the reports, and how the wizard flows now."""
