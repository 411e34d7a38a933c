"""What features keep in memory: one object of each type, and what holds text of members is emptied on demand."""

from bot.conversation.process_memory import ProcessMemory, TextCache


class Counter:
    def __init__(self) -> None:
        self.count = 0


class Cache:
    def __init__(self) -> None:
        self.texts = ["The hall is booked."]

    def forget(self) -> None:
        self.texts.clear()


def test_there_is_one_object_of_each_type_and_it_is_made_on_first_use() -> None:
    memory = ProcessMemory()
    memory.of(Counter).count += 1
    memory.of(Counter).count += 1
    assert memory.of(Counter).count == 2
    assert memory.of(Cache) is memory.of(Cache)
    assert ProcessMemory().of(Counter).count == 0


def test_forgetting_empties_what_holds_text_and_nothing_else() -> None:
    memory = ProcessMemory()
    cache, counter = memory.of(Cache), memory.of(Counter)
    counter.count = 3
    assert isinstance(cache, TextCache)
    assert not isinstance(counter, TextCache)
    memory.forget_texts()
    assert cache.texts == []
    assert memory.of(Cache) is cache
    assert memory.of(Counter).count == 3
