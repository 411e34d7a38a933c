COMMON = ("Africa/Kampala", "Africa/Cairo")
def find(w: str) -> str | None:
    return {"kyiv": "Europe/Kyiv", "cairo": "Africa/Cairo", "dakar": "Africa/Dakar", "بيروت": "Asia/Beirut"}.get(w.lower(), w if "/" in w else None)
def suggest(w: str, limit: int = 5) -> list[str]:
    return []
def city(z: str, l: str) -> str:
    return z
