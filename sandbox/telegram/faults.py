"""Faults on demand: latency, refused calls, lost answers, repeated updates."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.api_errors import ApiError, too_many_requests

LONGEST_LATENCY = 60_000  # milliseconds
# Descriptions of the other refusals; Telegram, or a gateway before it, gives some of them for a moment.
REASONS = {
    401: "Unauthorized",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
}


@dataclass
class RefusedCalls:
    """The next `times` calls that act on a chat are answered with `status` and not executed."""

    status: int
    times: int
    retry_after: int = 0

    def as_error(self) -> ApiError:
        """The error that such a call is answered with."""
        return (
            too_many_requests(self.retry_after) if self.status == 429 else ApiError(self.status, REASONS[self.status])
        )

    def as_json(self) -> dict[str, int]:
        """The object of the control API."""
        return {"status": self.status, "retry_after": self.retry_after, "times": self.times}


@dataclass
class Faults:
    """The faults in force. Counters go down to 0 as calls meet them; the latency stays until it is changed."""

    latency_ms: int = 0  # before every call of the Bot API is executed
    refuse: RefusedCalls | None = None
    lose_answers: int = 0  # so many sending calls are executed, and their connection is dropped without an answer
    repeat_updates: int = 0  # so many updates are delivered a second time after their confirmation

    def change(self, wanted: dict[str, Any]) -> None:
        """Set the given faults and keep the others; raises ValueError and changes nothing for a wrong value."""
        unknown = set(wanted) - {"latency_ms", "refuse", "lose_answers", "repeat_updates"}
        if unknown:
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")
        latency = _count("latency_ms", wanted.get("latency_ms", self.latency_ms), most=LONGEST_LATENCY)
        lose = _count("lose_answers", wanted.get("lose_answers", self.lose_answers))
        repeat = _count("repeat_updates", wanted.get("repeat_updates", self.repeat_updates))
        refuse = _refuse(wanted["refuse"]) if "refuse" in wanted else self.refuse
        self.latency_ms, self.lose_answers, self.repeat_updates, self.refuse = latency, lose, repeat, refuse

    def take_refusal(self) -> ApiError | None:
        """The error for this call, or None; counts it down."""
        if self.refuse is None:
            return None
        error = self.refuse.as_error()
        self.refuse.times -= 1
        if self.refuse.times == 0:
            self.refuse = None
        return error

    def take_lost_answer(self) -> bool:
        """Whether the answer to this call is lost; counts it down."""
        if self.lose_answers == 0:
            return False
        self.lose_answers -= 1
        return True

    def take_repetition(self) -> bool:
        """Whether this update is delivered twice; counts it down."""
        if self.repeat_updates == 0:
            return False
        self.repeat_updates -= 1
        return True

    def as_json(self) -> dict[str, Any]:
        """The object of the control API."""
        return {
            "latency_ms": self.latency_ms,
            "refuse": self.refuse.as_json() if self.refuse else None,
            "lose_answers": self.lose_answers,
            "repeat_updates": self.repeat_updates,
        }


def _count(name: str, value: Any, most: int = 1_000_000) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{name} is a whole number from 0 to {most}")
    return value


def _refuse(value: Any) -> RefusedCalls | None:
    if value is None or value == 0:
        return None
    if not isinstance(value, dict):
        raise ValueError("refuse is an object with status, times and perhaps retry_after")
    times = _count("times", value.get("times", 0))
    if times == 0:
        return None
    if value.get("status") not in (429, *REASONS):
        raise ValueError("status is 401, 404, 409, 429 or 500")
    retry_after = _count("retry_after", value.get("retry_after", 1))
    return RefusedCalls(status=value["status"], times=times, retry_after=retry_after)
