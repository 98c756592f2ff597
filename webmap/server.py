"""Runs the application on a real WSGI server: gunicorn, or waitress where fork is missing."""

import socket

from flask import Flask

from geo.errors import ServerError

WORKERS = 2
THREADS = 4
LONGEST_ADDRESS = 8190
"""Bytes: an area drawn by hand stands in the address."""


def refuse_taken_port(host: str, port: int) -> None:
    """Raise ServerError, with what to do, if nothing can listen on this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerError(
                f"Cannot listen on {host}:{port} ({error.strerror or error}): "
                "choose another with --port or --host."
            ) from error


def run(app: Flask, host: str, port: int) -> None:
    """Serve until interrupted."""
    try:
        from gunicorn.app.base import BaseApplication  # noqa: PLC0415  absent on Windows
    except ImportError:
        _run_waitress(app, host, port)
        return

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _gunicorn_settings(host, port).items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    Server().run()


def _gunicorn_settings(host: str, port: int) -> dict[str, object]:
    address = f"[{host}]" if ":" in host else host
    return {
        "bind": f"{address}:{port}",
        "workers": WORKERS,
        "threads": THREADS,
        "preload_app": True,
        "limit_request_line": LONGEST_ADDRESS,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def _run_waitress(app: Flask, host: str, port: int) -> None:
    from waitress import serve  # noqa: PLC0415  only where gunicorn is absent

    serve(app, host=host, port=port, threads=WORKERS * THREADS, ident=None)
