"""The knowledge as rows: the draft that staff edit, and the revisions that readers see."""

from .code import CodeAlias, ErrorCode
from .guide import Cause, Expectation, Guide, GuideMitigation, GuideNotice, Message, Phrase, Sample, Source
from .help_form import Category, HelpLink, ProblemType
from .missed_search import MissedSearch
from .mitigation import Mitigation, Step
from .notice import Notice
from .question import Choice, Question
from .revision import ContentVersion, Publishable, Revision
from .upload import Upload

__all__ = [
    "Category",
    "Cause",
    "Choice",
    "CodeAlias",
    "ContentVersion",
    "ErrorCode",
    "Expectation",
    "Guide",
    "GuideMitigation",
    "GuideNotice",
    "HelpLink",
    "Message",
    "MissedSearch",
    "Mitigation",
    "Notice",
    "Phrase",
    "ProblemType",
    "Publishable",
    "Question",
    "Revision",
    "Sample",
    "Source",
    "Step",
    "Upload",
]
