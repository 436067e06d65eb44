"""The server: the API over app.handle(), the built page as static files, and the limits that keep both standing.

Nothing is imported here, so that a child process of the pool starts without Flask: see `app.create_app` and
`serving.serve`.
"""
