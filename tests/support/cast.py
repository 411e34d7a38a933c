"""The fixed cast of the tests: an owner, two coordinators of different hosts, and members who join on request."""

from dataclasses import dataclass
from typing import Self

from bot.demo import steps
from bot.demo.snapshot import Kept
from bot.demo.stage import Stage
from bot.demo.steps import Actor

HOSTS = ("Cedar Law Collective", "Lake Justice Forum", "Réseau Baobab")


@dataclass(frozen=True, slots=True)
class Cast:
    """Olena owns the network. Nour coordinates the first host, in Arabic; Awa the third, in French."""

    stage: Stage
    olena: Actor
    nour: Actor
    awa: Actor

    @classmethod
    async def on(cls, stage: Stage) -> Self:
        olena = await steps.claim(
            stage, await stage.person("Olena"), "en", name="Olena", host="Lake Justice Forum", city="Kyiv"
        )
        nour = await cls._coordinator(stage, olena, "Nour", "ar", HOSTS[0], "بيروت")
        awa = await cls._coordinator(stage, olena, "Awa", "fr", HOSTS[2], "Dakar")
        return cls(stage, olena, nour, awa)

    def again(self, stage: Stage) -> Self:
        """The same people on another stage, which has started with a copy of their network."""
        assert self.olena.person.id in stage.sandbox.telegram.chats, "nobody has joined on this stage"
        olena, nour, awa = (
            Actor(stage.people.again(actor.person), actor.texts) for actor in (self.olena, self.nour, self.awa)
        )
        return type(self)(stage, olena, nour, awa)

    @staticmethod
    async def _coordinator(stage: Stage, owner: Actor, name: str, language: str, host: str, city: str) -> Actor:
        person = await stage.person(name, language)
        actor = await steps.join(
            stage,
            person,
            language,
            invited_by=owner,
            approved_by=owner,
            name=name,
            host=host,
            city=city,
            reason="I coordinate my host.",
        )
        await steps.appoint(owner, name, "coordinator")
        await actor.presses("button-open")
        return actor

    async def salma(self, language: str = "en") -> Actor:
        """A member of Nour's host."""
        return await self.member("Salma", language, "Cairo")

    async def member(self, name: str, language: str, city: str) -> Actor:
        person = await self.stage.person(name, language)
        return await steps.join(
            self.stage,
            person,
            language,
            invited_by=self.nour,
            approved_by=self.nour,
            name=name,
            host=HOSTS[0],
            city=city,
            reason="I work with survivors.",
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """The cast who have just joined, and the stored network in which they did: the start of most tests."""

    cast: Cast
    kept: Kept
