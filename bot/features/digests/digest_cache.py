"""A cache of digests: pages composed once for all readers of equal digests, and posts laid out once for all readers.

Most readers follow the same few topics as others, and open their digests in the same hour. Which posts a reader gets is
queried each time, without decrypting them, so that posts that were withdrawn, erased, muted or renamed are honoured;
where the result equals that of another reader in the same language and zone, so do the pages.

This is the only place that keeps text of members in memory: the most recent, for an hour, and none after anything was
erased or withdrawn.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from bot.conversation.look_alikes import LookAlikeCache, LookAlikes
from bot.conversation.pagination import Page, Piece, paginate, pieces_of
from bot.language.texts import Texts
from storage.engine.transaction import Transaction
from storage.records import posts, topics
from storage.records.people.member import Member
from storage.records.posts import PostVersion

KEPT = 3600.0  # seconds
MOST_GROUPS = 256  # of equal readers
MOST_POSTS = 2000  # in one language and zone each
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _LruCache(OrderedDict[K, V], Generic[K, V]):
    """A least-recently-used cache of at most `most` values."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def look(self, key: K) -> V | None:
        found = self.get(key)
        if found is not None:
            self.move_to_end(key)
        return found

    def keep(self, key: K, value: V) -> None:
        self[key] = value
        if len(self) > self.most:
            self.popitem(last=False)


class DigestCache:
    def __init__(self) -> None:
        self._groups = _LruCache[tuple[str, str | None, Hashable, tuple[PostVersion, ...]], list[Page]](MOST_GROUPS)
        self._posts = _LruCache[tuple[str, str | None, Hashable, PostVersion], tuple[Piece, ...]](MOST_POSTS)
        self._titles: dict[bytes, str] = {}  # by topic; they never change
        self._look_alikes = LookAlikeCache()
        self._end: asyncio.TimerHandle | None = None

    def forget(self) -> None:
        """Empties the cache."""
        self._groups.clear()
        self._posts.clear()
        self._look_alikes.forget()
        if self._end is not None:
            self._end.cancel()
            self._end = None

    async def pages(self, tx: Transaction, reader: Member, after: int, until: int, texts: Texts) -> list[Page]:
        """The pages of a reader's digest of the posts with numbers above `after` up to `until`, as they are now."""
        standing = await posts.standing(tx, reader.id, after, until)
        look_alikes = await self._look_alikes.now(tx)
        group = (texts.language, reader.zone, look_alikes.version, standing)
        pages = self._groups.look(group)
        if pages is None:
            titles = await self._titles_of(tx, standing)
            pieces = await self._pieces(tx, reader, after, until, standing, texts, look_alikes)
            found = [(post.topic_id, titles[post.topic_id], each) for post, each in zip(standing, pieces, strict=True)]
            pages = paginate(sorted(found, key=lambda post: post[1]), texts)
            self._groups.keep(group, pages)
            self._end = self._end or asyncio.get_running_loop().call_later(KEPT, self.forget)
        return pages

    async def _titles_of(self, tx: Transaction, standing: tuple[PostVersion, ...]) -> Mapping[bytes, str]:
        if not all(post.topic_id in self._titles for post in standing):
            self._titles = {topic.id: topic.title for topic in await topics.everything(tx)}
        return self._titles

    async def _pieces(
        self,
        tx: Transaction,
        reader: Member,
        after: int,
        until: int,
        standing: tuple[PostVersion, ...],
        texts: Texts,
        look_alikes: LookAlikes,
    ) -> list[tuple[Piece, ...]]:
        """Each post in pieces; without any where it cannot be decrypted."""
        keys = [(texts.language, reader.zone, look_alikes.version, post) for post in standing]
        known = [self._posts.look(key) for key in keys]
        if all(each is not None for each in known):
            return [each for each in known if each is not None]
        opened = {post.id: post for post in await posts.window(tx, reader.id, after, until)}
        found = []
        for key, pieces in zip(keys, known, strict=True):
            if pieces is None:
                post = opened.get(key[3].id)
                pieces = pieces_of(post, texts, reader.zone, look_alikes.names_another) if post is not None else ()
                self._posts.keep(key, pieces)
            found.append(pieces)
        return found
