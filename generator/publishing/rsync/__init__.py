"""A folder that rsync reaches as a host."""
