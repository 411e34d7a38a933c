// The people of the network, as one of whom the visitor acts. The list has one tab stop: arrow keys move in it, Enter
// chooses.

import { byId, card, counted, element, fullName, setText } from "./elements.js";
import { icon } from "./icons.js";

const LANGUAGES = { ar: "Arabic", en: "English", es: "Spanish", fr: "French" };

export class People {
  /** `choose(id)` is called when a person is chosen. */
  constructor(choose) {
    this.choose = choose;
    this.chosen = null;
    this.shown = ""; // the people in the list, as JSON
    this.entries = new Map(); // by id: {button, badge, blocked}
    this.list = byId("people-list");
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("focusin", (event) => this.#stop(event.target));
  }

  /** Shows these people; `reading` is the id of the one whose chat is visible, which therefore has nothing unread. */
  update(people, reading) {
    const shown = JSON.stringify(people.map((person) => [person.id, fullName(person), person.about, person.language_code]));
    if (shown !== this.shown) this.#show(people);
    this.shown = shown;
    for (const { id, unread, blocked } of people) {
      const entry = this.entries.get(id);
      const count = id === reading ? 0 : unread;
      entry.blocked.hidden = !blocked;
      entry.badge.hidden = !count;
      entry.badge.setAttribute("aria-label", counted(count, "unread message"));
      setText(entry.badge, String(count));
    }
  }

  /** Marks the chosen person; somebody just added may be marked before `update` has them. */
  mark(id) {
    this.chosen = id;
    for (const [each, { button }] of this.entries) {
      if (each === id) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const { button } = this.entries.get(id) || [...this.entries.values()][0] || {};
    if (button && !this.list.contains(document.activeElement)) this.#stop(button);
  }

  /** Moves the focus to the tab stop of the list: the person last looked at, when coming back from a chat. */
  focus() {
    const stop = this.list.querySelector("[tabindex='0']");
    if (stop) stop.focus();
  }

  #show(people) {
    const hadFocus = this.list.contains(document.activeElement);
    this.entries.clear();
    this.list.replaceChildren(...people.map((person) => element("li", {}, this.#entry(person))));
    this.mark(this.chosen);
    if (hadFocus) this.focus();
  }

  #entry(person) {
    const code = (person.language_code || "").split("-")[0];
    const language = code && element("span", { class: "language", title: LANGUAGES[code] || code }, code.toUpperCase());
    const blocked = element("span", { class: "blocked" }, icon("blocked", "has blocked the bot"));
    const badge = element("span", { class: "badge", role: "img" });
    const button = element(
      "button",
      { type: "button", class: "person", tabindex: "-1", data: { person: person.first_name } },
      card(person),
      element("span", { class: "side" }, language, blocked, badge),
    );
    button.addEventListener("click", () => this.choose(person.id));
    this.entries.set(person.id, { button, badge, blocked });
    return button;
  }

  #stop(target) {
    for (const { button } of this.entries.values()) button.tabIndex = button === target ? 0 : -1;
  }

  #key(event) {
    const buttons = [...this.list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus();
  }
}
