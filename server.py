"""The WSGI entry point: `python server.py` serves by granian; `gunicorn --threads 64 server:app` does as well."""

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
