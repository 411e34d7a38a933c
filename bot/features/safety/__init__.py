"""Safety of members: buddies, freezing and thawing an account, `/panic`."""
