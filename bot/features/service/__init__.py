"""What the program says and does by itself: help, privacy, the way out of a draft, closing screens, housekeeping."""
