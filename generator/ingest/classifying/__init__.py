"""The topic of an article, by weighted terms."""
