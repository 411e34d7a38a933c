"""What the program itself offers: help, privacy, cancelling a draft, closing screens, housekeeping."""
