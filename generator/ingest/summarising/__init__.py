"""What an article says, in a few of its own sentences."""
