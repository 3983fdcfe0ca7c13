"""The commands: arguments in, exit status out. What they do stands in the use cases, loaded when it is needed."""
