"""The publish: the built site to a host."""
