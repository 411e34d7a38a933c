"""Canary strings: text that occurs nowhere else, so that every place where it is found comes from the test."""

import secrets


def canary(label: str) -> str:
    return f"{label} {secrets.token_hex(8)}"
