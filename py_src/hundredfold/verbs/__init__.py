"""What can be asked of the core, a module for each verb: it gets what was asked and returns the answer."""
