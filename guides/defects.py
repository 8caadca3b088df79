"""The kinds of defect that can be seen in documents, beside those that lint sees in what they state together."""

from enum import StrEnum


class DocumentDefect(StrEnum):
    UNKNOWN_NAME = "unknown-name"
    SAME_ADDRESS = "same-address"
    TOLD_DIFFERENTLY = "told-differently"
    SAME_SPELLING = "same-spelling"
    SAME_SAMPLE = "same-sample"
    CIRCLE = "circle"
    LOST_SAMPLE = "lost-sample"
    """A sample that leads to another guide than it must."""

    NOTHING_LEADS_HERE = "nothing-leads-here"
    NO_CAUSE = "no-cause"
    NO_SOURCE = "no-source"
    NO_SAMPLE = "no-sample"

    LONG_CAUSE = "long-cause"
    LATE_FIRST_STEP = "late-first-step"
    LONG_SENTENCES = "long-sentences"
    OLD_SOURCE = "old-source"
    UNDATED_SOURCE = "undated-source"
    MANY_STEPS = "many-steps"
    WRONG_PLACE = "wrong-place"
    UNCLEAR_PLACE = "unclear-place"
    DEAD_LINK = "dead-link"
    MALFORMED_LINK = "malformed-link"
    UNUSED_MITIGATION = "unused-mitigation"
    UNUSED_NOTICE = "unused-notice"
    CODE_WITHOUT_GUIDE = "code-without-guide"
