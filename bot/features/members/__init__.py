"""A member's own affairs: settings, pause, what is held about them, and leaving."""
