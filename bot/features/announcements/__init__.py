"""Announcements: what a coordinator says to many at once, approved by somebody else and stopped at any moment."""
