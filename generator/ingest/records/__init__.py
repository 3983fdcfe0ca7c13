"""Records in JSON, as crawlers write them."""
