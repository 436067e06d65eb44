"""The server's power meter: what a run draws there, from energy counters where they can be read, else from CPU time.

Nothing is imported here, so that reading settings does not load a meter: see `choose.choose`.
"""
