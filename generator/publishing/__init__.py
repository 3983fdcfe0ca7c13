"""What a publish is made of: a plan, what is remembered at the host, and one module for each kind of host."""
