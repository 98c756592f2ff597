"""The errors that a user can mend, each with one sentence that says what is wrong and what to do.

PlannedWorksError
├── DocumentError (ValueError)          the plan cannot be read or holds nothing to read
│   ├── DocumentMissingError            there is no such file
│   ├── DocumentTooLargeError           the file is larger than a plan ever is
│   └── DocumentEncodingError           the bytes are no text in any known encoding
├── CityUnknownError (LookupError)      neither the document nor the user names the city
├── ExtractorError (RuntimeError)       an extractor of the user's own cannot be loaded, or failed
├── WorkerError (RuntimeError)          a process that reads documents ended before its result
├── VocabularyError (ValueError)        a file under data/vocabulary cannot be read
├── GazetteerError (ValueError)         a file of places or boundaries cannot be read
├── OnlineError (OSError)               an online service gave no usable answer
├── CrsError (ValueError)               a coordinate system is unknown, or has no such coordinates
├── OverpassError (ConnectionError)     an Overpass server gave no whole answer
├── LayersError                         raised by the floor of layers
│   ├── LayersFileError (ValueError)    the file is no GeoPackage of ours, or is damaged
│   ├── OutputError (OSError)           the output cannot be written
│   ├── DatabaseError (OSError)         a database is away, refuses, or holds no works of ours
│   ├── SchemaError (ValueError)        a row does not fit the stated schema
│   ├── SelectionError (ValueError)     a filter names what there is not
│   │   └── EmptySelectionError         no work passes the filters
│   └── EditsError (ValueError)         corrections cannot be kept, or there is none of that number
├── DraftError (ValueError)             an uploaded plan cannot be kept, or is not there any more
├── SettingError (ValueError)           a setting has a value that cannot be used
└── ServerError (OSError)               raised by the web: the address cannot be listened on

Library code raises, the command and the web translate: one line, exit status 1, never a traceback.
"""


class PlannedWorksError(Exception):
    """Base of all errors that this program raises on purpose."""


class DocumentError(PlannedWorksError, ValueError):
    """The plan cannot be read or holds nothing to read."""


class DocumentMissingError(DocumentError, FileNotFoundError):
    """There is no such file."""


class DocumentTooLargeError(DocumentError):
    """The file is larger than a plan ever is."""


class DocumentEncodingError(DocumentError):
    """The bytes are no text in any encoding met in such documents."""


class CityUnknownError(PlannedWorksError, LookupError):
    """Neither the document nor the user says which city it is about."""


class ExtractorError(PlannedWorksError, RuntimeError):
    """An extractor of the user's own cannot be loaded, or raised an error."""


class WorkerError(PlannedWorksError, RuntimeError):
    """A process that reads documents ended before it gave its result."""


class VocabularyError(PlannedWorksError, ValueError):
    """A file of words cannot be read."""


class GazetteerError(PlannedWorksError, ValueError):
    """A file of places or boundaries cannot be read."""


class RegisterError(PlannedWorksError, ValueError):
    """A list of sites of a counted work cannot be read or kept."""


class OnlineError(PlannedWorksError, OSError):
    """An online service gave no usable answer: the reason in a few words, never with a key.

    `again` says whether the same question may be answered later, `wait_s` when the service wants
    to be asked again (0 where it does not say), `refused` that it will answer no question at all.
    """

    def __init__(
        self, reason: str, *, again: bool = False, wait_s: float = 0.0, refused: bool = False
    ) -> None:
        super().__init__(reason)
        self.again = again
        self.wait_s = wait_s
        self.refused = refused


class CrsError(PlannedWorksError, ValueError):
    """A coordinate system is unknown, or has no such coordinates."""


class OverpassError(PlannedWorksError, ConnectionError):
    """An Overpass server gave no whole answer, or none at all."""


class LayersError(PlannedWorksError):
    """Something is wrong with map layers or their file."""


class LayersFileError(LayersError, ValueError):
    """The file is no GeoPackage of ours, or it is damaged."""


class OutputError(LayersError, OSError):
    """The output cannot be written."""


class DatabaseError(LayersError, OSError):
    """A database cannot be reached, refuses, or holds no works of ours; never with a password."""


class SchemaError(LayersError, ValueError):
    """A row does not fit the stated schema."""


class SelectionError(LayersError, ValueError):
    """A filter of works names what there is not, or has a value that cannot be used."""


class EditsError(LayersError, ValueError):
    """Corrections cannot be taken or kept, or there is none of that number."""


class EmptySelectionError(SelectionError):
    """No work passes the filters, or none of them fits what is asked for."""


class DraftError(PlannedWorksError, ValueError):
    """An uploaded plan cannot be kept, corrected or published, or is not there any more."""


class SettingError(PlannedWorksError, ValueError):
    """A setting has a value that cannot be used."""


class ServerError(PlannedWorksError, OSError):
    """The web server cannot listen on its address."""
