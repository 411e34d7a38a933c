"""Onboarding: an invitation, the notice, a questionnaire, and a coordinator's decision."""
