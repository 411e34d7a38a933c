"""Digests: when one is due, what it holds, and how it is opened, paged and closed again."""
