"""One thing that curators should mend, and the kinds of defect that can be seen in a model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Defect(StrEnum):
    """What can be wrong with guides, questions and signatures beside each other."""

    NO_ERROR_TEXT = "no-error-text"
    NO_MITIGATION = "no-mitigation"
    SAYS_TOO_LITTLE = "says-too-little"
    CONTRADICTORY_WORDS = "contradictory-words"
    MITIGATION_NEVER_APPLIES = "mitigation-never-applies"
    MITIGATION_NOT_NEEDED = "mitigation-not-needed"
    UNREACHABLE = "unreachable"

    NOT_TOLD_APART = "not-told-apart"
    SHARED_SIGNATURE = "shared-signature"

    CONTRADICTORY_NORMAL_ANSWERS = "contradictory-normal-answers"
    NOBODY_MENTIONS = "nobody-mentions"
    GROUP_HIDES_QUESTION = "group-hides-question"
    NEVER_ASKED = "never-asked"
    CHANGES_NO_ORDER = "changes-no-order"
    PARAPHRASE = "paraphrase"
    REPEATED_QUESTION = "repeated-question"
    DOMINATED_QUESTION = "dominated-question"
    NEEDS_FACET = "needs-facet"

    SHORT_MESSAGE = "short-message"
    CODE_NOT_READ = "code-not-read"
    MESSAGE_NOT_READ = "message-not-read"
    PHRASE_NOT_READ = "phrase-not-read"
    REPEATED_PHRASE = "repeated-phrase"
    SHARED_PHRASE = "shared-phrase"
    TOO_GENERAL = "too-general"


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `key` is the reference of a guide or mitigation, the slug of a question or notice, or a code.

    `field` is the field of its document in which to mend it, "" for none; a serious problem keeps it from going live.
    """

    kind: StrEnum
    key: str
    sentence: str
    serious: bool = False
    field: str = ""

    def __str__(self) -> str:
        return f"{self.key}: {self.sentence}"
