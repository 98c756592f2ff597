"""Step: the stage that the governing verb promises, and its words."""

from collections.abc import Iterable

from geo.model import Stage
from geo.reading.lists import Member
from geo.reading.values import Verb
from geo.reading.vocabulary import stage_of

_DECIDING = ("preliminary_work", "plan")
_WORKS = ("build", "renew")


def read_stage(member: Member, verbs: tuple[Verb, ...], *, counted: bool) -> tuple[Stage, str]:
    """Stage of a member governed by `verbs`, and the words that it was read from.

    The verb that closes the promise decides, then preliminary work or planning, then the first
    opening verb that says more than 加快 or 推进.
    """
    if member.final is not None and (stage := stage_of(member.final.kind)):
        return stage, member.final.word
    for action in reversed(member.actions):
        if action.kind in _DECIDING and (stage := stage_of(action.kind)):
            return stage, action.word
    words = "".join(verb.word for verb in verbs if verb.kind != "adverb")
    governing = next((v.kind for v in verbs if v.kind not in ("adverb", "light")), "")
    return _opening_stage(
        governing, member.actions, counted=counted, said=bool(verbs)
    ), words or _words(member.actions)


def _opening_stage(kind: str, actions: Iterable[Verb], *, counted: bool, said: bool) -> Stage:
    if kind in ("counted", "ongoing") and counted:
        return Stage.COMPLETE
    if kind and kind != "counted" and (stage := stage_of(kind)):
        return stage
    if (
        kind == ""
        and all(action.kind not in _WORKS for action in actions)
        and any(action.kind == "protect" for action in actions)
    ):
        return Stage.ONGOING
    if kind == "" and counted and not said:
        return Stage.COMPLETE
    return Stage.UNDER_CONSTRUCTION


def _words(actions: Iterable[Verb]) -> str:
    return "".join(action.word for action in actions if action.kind != "neutral")
