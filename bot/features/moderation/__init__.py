"""Stopping: members who are suspended, restored or removed, and posts that are hidden."""
