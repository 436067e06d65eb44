"""The WSGI entry point: `gunicorn --threads 16 server:app` in deployments, `python server.py` for waitress."""

import sys

from hundredfold.contract import HundredfoldError
from hundredfold.service.app import create_app
from hundredfold.service.serving import serve

app = create_app()

if __name__ == "__main__":
    try:
        serve(app)
    except HundredfoldError as error:
        sys.exit(str(error))
