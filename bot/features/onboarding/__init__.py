"""The way in: an invitation, the notice, a few questions, and a coordinator's decision."""
