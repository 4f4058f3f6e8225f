"""The table of bad files: each as people bring it, the rule it tests, and what becomes of its rows.

`failed_first` marks those that the import of before this table read wrongly, refused or died of.
"""

from tests.services.bad_kinds import BadFile
from tests.services.bad_texts import TEXTS
from tests.services.bad_workbooks import WORKBOOKS

FILES: tuple[BadFile, ...] = (*TEXTS, *WORKBOOKS)
