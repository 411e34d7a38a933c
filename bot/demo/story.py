"""The fictional network of the demo. Everything in it comes about by its people talking to the bot.

Three hosts, an owner, three coordinators, members who read English, French and Arabic, and one person who holds an
invitation and is not in yet. The people and the organisations are made up.
"""

from datetime import timedelta

from bot.demo import steps
from bot.demo.stage import Stage
from bot.demo.steps import Actor

NAME = "Between Convenings"
HOSTS = ("Cedar Law Collective", "Lake Justice Forum", "Réseau Baobab")
CEDAR, LAKE, BAOBAB = HOSTS

DETENTION = "Detention and protection"
REPARATION = "Réparations"
MEETING = "لقاء بيروت الإقليمي"

PURPOSES = {
    DETENTION: "What helps people who are held, and those who speak for them.",
    REPARATION: "Ce que les survivantes demandent, et comment l’obtenir.",
    MEETING: "التحضير للقاء الإقليمي: من يحضر، ومن يشارك عن بُعد، وما الذي نحتاج إليه.",
}

POSTS = (
    (
        "Nour",
        DETENTION,
        "Five things that helped us last month:\n"
        "1. a second visitor at each visit\n"
        "2. a written list of what was asked\n"
        "3. medicines before papers\n"
        "4. one telephone number that is always answered\n"
        "5. somebody who asks how the visitor is",
    ),
    ("Mercy", DETENTION, "We tried the second visitor. It changed the tone of the visits within two weeks."),
    (
        "Awa",
        REPARATION,
        "Notre groupe de travail a terminé une première liste de demandes. "
        "Les survivantes ont mis en tête la reconnaissance publique, avant l’argent.",
    ),
    ("Fatou", REPARATION, "Merci. Est-ce que quelqu’un a déjà travaillé avec un fonds géré par les survivantes ?"),
    (
        "Salma",
        MEETING,
        "تم حجز القاعة. من لا يستطيع السفر يمكنه المشاركة عن بُعد، وسنرسل الملخص بثلاث لغات.",
    ),
)


COORDINATORS = (
    ("Nour", "ar", CEDAR, "بيروت", "أنسّق العمل في مؤسستي منذ ثلاث سنوات."),
    ("Awa", "fr", BAOBAB, "Dakar", "Je coordonne notre réseau régional."),
    ("Mercy", "en", LAKE, "Kampala", "I coordinate the legal team of our host."),
)
# The third is the coordinator who invites and approves.
MEMBERS = (
    ("Salma", "ar", "Nour", CEDAR, "القاهرة", "أعمل مع ناجيات وأريد أن أتعلّم من غيري."),
    ("Fatou", "fr", "Awa", BAOBAB, "Abidjan", "J’accompagne des survivantes devant les tribunaux."),
    ("Andrea", "en", "Mercy", LAKE, "Bogota", "I teach international criminal law and take part online."),
)
FOLLOWED = {
    "Olena": (DETENTION, REPARATION),
    "Nour": (REPARATION,),
    "Awa": (DETENTION, MEETING),
    "Mercy": (DETENTION, MEETING),
    "Salma": (DETENTION, MEETING, REPARATION),
    "Fatou": (DETENTION, REPARATION),
    "Andrea": (DETENTION, MEETING),
}


async def perform(stage: Stage) -> None:
    """Plays the beginning of the network, in about ninety messages and buttons."""
    cast = await _join(stage)
    await _write(stage, cast)
    await stage.person("Rania", "ar", "not in yet · Nour has her link")
    await steps.invite(cast["Nour"])
    for actor in cast.values():
        await actor.says("/start")
        await actor.sees("home", network=NAME)
    await stage.settle()
    for actor in cast.values():
        await actor.person.reads()


async def _join(stage: Stage) -> dict[str, Actor]:
    """The owner claims the network, coordinators join and open the topics, members join; all by name."""
    person = await stage.person("Olena", "en", "owner · Lake Justice Forum · Kyiv")
    olena = await steps.claim(stage, person, "en", name="Olena", host=LAKE, city="Kyiv")
    cast = {"Olena": olena}
    for name, language, host, city, reason in COORDINATORS:
        cast[name] = await _come_in(stage, olena, olena, name, language, host, city, reason, "coordinator")
        await steps.appoint(olena, name, "coordinator")
        await cast[name].presses("button-open")
        await cast[name].sees("your-role", role="coordinator")
    for title, opener in ((DETENTION, "Nour"), (REPARATION, "Awa"), (MEETING, "Nour")):
        await steps.open_topic(cast[opener], title, PURPOSES[title])
    for name, language, coordinator, host, city, reason in MEMBERS:
        guide = cast[coordinator]
        cast[name] = await _come_in(stage, guide, guide, name, language, host, city, reason, "member")
    return cast


async def _write(stage: Stage, cast: dict[str, Actor]) -> None:
    """Everybody follows their topics, then the posts are written."""
    for name, titles in FOLLOWED.items():
        for title in titles:
            await steps.follow(cast[name], title)
    for name, title, text in POSTS:
        stage.clock.move(timedelta(minutes=7))
        await steps.post(cast[name], title, text)


async def _come_in(
    stage: Stage,
    inviting: Actor,
    deciding: Actor,
    name: str,
    language: str,
    host: str,
    city: str,
    reason: str,
    role: str,
) -> Actor:
    person = await stage.person(name, language, f"{role} · {host} · {city}")
    return await steps.join(
        stage,
        person,
        language,
        invited_by=inviting,
        approved_by=deciding,
        name=name,
        host=host,
        city=city,
        reason=reason,
    )
