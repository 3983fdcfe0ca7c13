"""The rules that drop, as data: those of the package, a site's own, and the ids of what code drops."""
