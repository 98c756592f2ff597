"""What an import did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Counts of one import; `size` is the file's in bytes, `seconds` is wall time."""

    source: str
    size: int
    seconds: float
    read: int
    left_out: int
    places: int
    names: int
    problems: tuple[str, ...] = ()

    @property
    def megabytes_per_second(self) -> float:
        """Megabytes of the file a second."""
        return self.size / 1e6 / max(self.seconds, 1e-9)

    def sentence(self) -> str:
        """Say what was imported and how fast."""
        left_out = f", {self.left_out} left out" if self.left_out else ""
        return (
            f"{self.source}: {self.places} places with {self.names} names from {self.read} named "
            f"things{left_out}; {self.size / 1e6:.1f} MB in {self.seconds:.1f} s, "
            f"{self.megabytes_per_second:.2f} MB/s"
        )
