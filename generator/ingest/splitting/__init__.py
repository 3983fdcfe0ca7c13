"""How scraped text is split: an aggregator's page, press releases, stories between rules."""
