"""Checks: each file judges one thing, from reports and a policy. They measure nothing."""
