"""What a check of the built site is made of: what its files refer to, where that leads, what leads nowhere."""
