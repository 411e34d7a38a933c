// Following an invitation: a link https://t.me/<bot>?start=CODE asks who follows it, one of the people or somebody new,
// and that person then sends "/start CODE", as Telegram does when such a link is tapped.

import * as api from "./api.js";
import { byId, card, element, setText } from "./elements.js";
import { complain } from "./overlays.js";

const HOSTS = new Set(["t.me", "telegram.me", "www.t.me"]);

/** The text that following this link sends to the bot ("/start CODE" or "/start"); null if it is no link to it. */
export function wordsOf(address, botUsername) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null; // not a URL
  }
  const [name, ...deeper] = url.pathname.replace(/^\//, "").split("/");
  if (!HOSTS.has(url.hostname) || deeper.some(Boolean)) return null;
  if (name.toLowerCase() !== (botUsername || "").toLowerCase()) return null;
  const code = url.searchParams.get("start");
  return code ? `/start ${code}` : "/start";
}

export class Invitation {
  /** `joined(person)` is called once the person has sent the text; `people()` gives the present people. */
  constructor({ joined, people }) {
    this.joined = joined;
    this.people = people;
    this.words = "";
    this.dialog = byId("invitation");
    byId("newcomer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#newcomer();
    });
  }

  /** Asks who follows; `words` is the text that they will send, or "" for somebody who only opens the chat. */
  ask(words) {
    this.words = words;
    const invited = words !== "";
    setText(byId("invitation-title"), invited ? "Who follows this invitation?" : "Somebody new");
    setText(
      byId("invitation-about"),
      invited
        ? `In Telegram the link opens the chat with the bot, and Start says “${words}”.`
        : "They have Telegram, and have never spoken to the bot.",
    );
    byId("invitation-known").hidden = !invited;
    byId("newcomer-title").hidden = !invited;
    // People who never wrote come first.
    const likely = [...this.people()].sort((a, b) => Boolean(a.last_at) - Boolean(b.last_at));
    byId("invitation-people").replaceChildren(...likely.map((person) => this.#choice(person)));
    byId("newcomer").reset();
    this.dialog.showModal();
    if (!invited) byId("newcomer-name").focus();
  }

  #choice(person) {
    const on = { click: () => this.#follow(person) };
    const given = { type: "button", class: "person", data: { follower: person.first_name }, on };
    return element("li", {}, element("button", given, card(person)));
  }

  async #newcomer() {
    const name = byId("newcomer-name").value.trim();
    if (!name) return;
    const submit = byId("newcomer-join");
    submit.disabled = true; // a second press adds no second person
    try {
      const person = await api.addPerson({
        first_name: name,
        language_code: byId("newcomer-language").value,
        about: "Somebody new",
      });
      await this.#follow(person);
    } catch (trouble) {
      complain(trouble);
    } finally {
      submit.disabled = false;
    }
  }

  async #follow(person) {
    this.dialog.close();
    this.joined(person);
    if (!this.words) return;
    try {
      await api.say(person.id, this.words);
    } catch (trouble) {
      complain(trouble);
    }
  }
}
