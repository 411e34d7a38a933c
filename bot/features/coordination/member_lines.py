"""A member as a line of a list: the name with the badge of a role, and what has to be noticed about it."""

from bot.conversation.look_alikes import LookAlikes
from bot.conversation.people import OpenMember, shown_name
from bot.conversation.screen import Button
from bot.language.texts import Texts
from storage.records.people.member import Member, MemberState


def entry_button(texts: Texts, person: Member, alike: LookAlikes) -> Button:
    """A member in a list; the button opens their entry."""
    line = person_line(texts, person, alike)
    if person.state is MemberState.SUSPENDED:
        line = texts.plain("member-line-suspended", member=line)
    return Button(line, OpenMember(person.id))


def person_line(texts: Texts, person: Member, alike: LookAlikes) -> str:
    """A line of a list, as plain text; it says where the name looks like that of a coordinator."""
    line = texts.plain("member-line", name=shown_name(person), role=person.role)
    return texts.plain("member-line-alike", member=line) if alike.resembles(person) else line
