"""Web pages (HTML): their visible text, what they say of themselves, and their story."""
