// The people of the network, one of whom the visitor is. A list with one tab stop: arrow keys move in it, Enter chooses.

import { byId, counted, element, fullName, icon, ring, setText } from "./elements.js";

const LANGUAGES = { ar: "Arabic", en: "English", es: "Spanish", fr: "French" };

export class People {
  /** `choose(id)` hears who was chosen. */
  constructor(choose) {
    this.choose = choose;
    this.chosen = null;
    this.entries = new Map();
    this.list = byId("people-list");
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("focusin", (event) => this.#stop(event.target));
  }

  /** The people as they are now; `reading` is the id of the one whose chat is in view, and so has nothing unread. */
  heard(people, reading) {
    const alive = new Set(people.map((person) => person.id));
    for (const [id, entry] of this.entries) {
      if (alive.has(id)) continue;
      entry.item.remove();
      this.entries.delete(id);
    }
    people.forEach((person, place) => {
      let entry = this.entries.get(person.id);
      if (entry === undefined) {
        entry = this.#entry(person);
        this.entries.set(person.id, entry);
      }
      if (this.list.children[place] !== entry.item) this.list.insertBefore(entry.item, this.list.children[place] || null);
      this.#update(entry, person, person.id === reading ? 0 : person.unread);
    });
    this.#oneStop();
  }

  /** Shows who is chosen; somebody just added may be marked before `heard` knows of them. */
  mark(id) {
    this.chosen = id;
    for (const [each, { button }] of this.entries) this.#mark(button, each);
    this.#oneStop();
  }

  /** Puts the focus on whom one was looking at, as after coming back from a chat. */
  focus() {
    const stop = this.list.querySelector("[tabindex='0']");
    if (stop) stop.focus({ preventScroll: false });
  }

  #entry(person) {
    const name = element("bdi", { class: "name" });
    const about = element("bdi", { class: "about" });
    const badge = element("span", { class: "badge" });
    const language = element("span", { class: "language" });
    const blocked = element("span", { class: "blocked" }, icon("blocked", "has blocked the bot"));
    const button = element(
      "button",
      { type: "button", class: "person", tabindex: "-1", on: { click: () => this.choose(person.id) } },
      ring(person),
      element("span", { class: "who" }, name, about),
      element("span", { class: "side" }, language, blocked, badge),
    );
    const item = element("li", {}, button);
    return { item, button, name, about, badge, language, blocked };
  }

  #mark(button, id) {
    if (id === this.chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  #update(entry, person, unread) {
    this.#mark(entry.button, person.id);
    entry.button.dataset.person = person.first_name;
    setText(entry.name, fullName(person));
    setText(entry.about, person.about || "");
    entry.about.hidden = !person.about;
    const code = (person.language_code || "").split("-")[0];
    setText(entry.language, code.toUpperCase());
    entry.language.title = LANGUAGES[code] || code;
    entry.language.hidden = !code;
    entry.blocked.hidden = !person.blocked;
    setText(entry.badge, unread ? String(unread) : "");
    entry.badge.hidden = !unread;
    const words = unread ? counted(unread, "unread message") : "";
    if (words) entry.badge.setAttribute("aria-label", words);
    if (words) entry.badge.setAttribute("role", "img");
  }

  #buttons() {
    return [...this.list.querySelectorAll("button.person")];
  }

  #oneStop() {
    const buttons = this.#buttons();
    if (!buttons.length || buttons.some((button) => button === document.activeElement)) return;
    const chosen = this.entries.get(this.chosen);
    this.#stop(chosen ? chosen.button : buttons[0]);
  }

  #stop(target) {
    for (const button of this.#buttons()) button.tabIndex = button === target ? 0 : -1;
  }

  #key(event) {
    const buttons = this.#buttons();
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus();
  }
}
