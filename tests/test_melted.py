"""Junk melted into a body of one line goes whatever follows it, and sentences that begin like junk stay.

`melted/junk.txt` has a wording per line, `melted/press.txt` those of British and American papers,
