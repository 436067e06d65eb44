"""The WSGI entry point: `gunicorn --threads 16 server:app` in deployments, `python server.py` for waitress."""

import sys

from hundredfold.environment import UsageError
from hundredfold.service.app import create_app
from hundredfold.service.serving import serve

try:
    app = create_app()
    if __name__ == "__main__":
        serve(app)
except UsageError as error:
    print(f"hundredfold: {error}", file=sys.stderr, flush=True)
    sys.exit(2)
