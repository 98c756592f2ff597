"""Answers that refuse: a status, one sentence that says what to do, and when to come back."""

from werkzeug.exceptions import HTTPException

from geo.sentences import Sentence

FORBIDDEN, NOT_FOUND, HASTY, BUSY = 403, 404, 429, 503


class Refusal(HTTPException):
    """An HTTP error whose page says a sentence; `retry_s` is told to the client where it is set."""

    def __init__(self, code: int, said: Sentence, retry_s: int = 0) -> None:
        super().__init__()
        self.code: int = code
        self.said = said
        self.retry_s = retry_s

    @property
    def retry_headers(self) -> list[tuple[str, str]]:
        """The headers that go with the answer."""
        return [("Retry-After", str(self.retry_s))] if self.retry_s else []
