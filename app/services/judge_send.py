"""Judge a send that did not simply succeed: what becomes of the row, and when it is tried again."""

from dataclasses import replace

from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Uncertain
from app.domain.messages import State
from app.store.claim import Claimed
from app.store.settle import Result

MOST_ATTEMPTS = 20
FIRST_RETRY_S = 5
LONGEST_RETRY_S = 300


def judge(row: Claimed, error: SendError) -> Result:
    """The result of a send that raised one of the closed set of send errors."""
    code, detail = error.code, str(error)
    if isinstance(error, Uncertain):
        return _result(row, State.UNCERTAIN, "uncertain", code, detail)
    if isinstance(error, Refused):
        rejected = _result(row, State.REJECTED, "rejected", code, detail)
        return replace(rejected, is_gone=error.is_gone)
    if isinstance(error, Throttled):
        return _again(row, "throttled", code, detail, retry_s=int(error.after_s) + 1)
    if isinstance(error, Misconfigured):
        return _again(row, "misconfigured", code, detail, retry_s=0)
    if row.no >= MOST_ATTEMPTS:
        return _result(row, State.REJECTED, "rejected", "gave up", detail)
    return _again(row, "transient", code, detail, retry_s=retry_s(row))


def judge_unexpected(row: Claimed, error: Exception) -> Result:
    """The result of a send whose wire broke its word: nobody knows, so it is asked about."""
    return _result(row, State.UNCERTAIN, "uncertain", "fault", type(error).__name__)


def late(row: Claimed) -> Result:
    """The result of a claim that this process was too slow to use: never sent, due again."""
    return _again(row, "abandoned", "", "the lease was nearly over", retry_s=0)


def retry_s(row: Claimed) -> int:
    """Seconds to the next try: doubling, bounded, and spread by the row's own id."""
    step: int = min(FIRST_RETRY_S << min(row.no - 1, 10), LONGEST_RETRY_S)
    return step + row.id % max(step // 4, 1)


def _again(row: Claimed, outcome: str, code: str, detail: str, *, retry_s: int) -> Result:
    return Result(
        row.id,
        row.token,
        row.no,
        State.QUEUED,
        outcome,
        code=code,
        detail=detail,
        retry_s=retry_s,
    )


def _result(row: Claimed, state: State, outcome: str, code: str, detail: str) -> Result:
    return Result(row.id, row.token, row.no, state, outcome, code=code, detail=detail)
