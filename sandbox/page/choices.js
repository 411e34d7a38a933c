// A list of choices that opens above the message field: the bot's commands, or what can be attached.
//
// It follows the listbox pattern of WAI-ARIA: the focus stays on one element (the field while somebody types, else the
// list itself) and aria-activedescendant names the active choice. Arrow keys move, Enter selects, Escape closes.

import { element } from "./elements.js";

export class Choices {
  /**
   * `list` is a ul of index.html, `opener` the button that opens it. `take(choice)` hears what was chosen;
   * `field`, if given, is the element in which somebody types while the list is open.
   */
  constructor(list, { opener, take, field }) {
    this.list = list;
    this.opener = opener;
    this.take = take;
    this.field = field;
    this.items = [];
    this.active = -1;
    list.tabIndex = -1;
    list.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("focusout", (event) => {
      if (event.relatedTarget !== opener) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!list.contains(event.target) && !opener.contains(event.target) && event.target !== field) this.close();
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Choices are {drawing?, words, about?, value}. With `focused` the list takes the focus, as after its button. */
  open(items, { focused = false } = {}) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.list.hidden = items.length === 0;
    this.opener.setAttribute("aria-expanded", String(this.isOpen));
    this.#say("aria-expanded", String(this.isOpen));
    this.#mark(focused ? 0 : -1);
    if (focused && this.isOpen) this.list.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.items = [];
    this.opener.setAttribute("aria-expanded", "false");
    this.#say("aria-expanded", "false");
    this.#mark(-1);
  }

  /** Handles a key pressed in the list or in the field; true if the list used it. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const inList = event.currentTarget === this.list;
    const count = this.items.length;
    switch (event.key) {
      case "ArrowDown":
        this.#mark((this.active + 1) % count);
        break;
      case "ArrowUp":
        this.#mark(this.active <= 0 ? count - 1 : this.active - 1);
        break;
      case "Home":
      case "End":
        if (!inList) return false;
        this.#mark(event.key === "Home" ? 0 : count - 1);
        break;
      case "Enter":
      case " ":
        // In the field a space is typed, and Enter sends the text unless a choice is active.
        if (this.active < 0 || (event.key === " " && !inList)) return false;
        this.#choose(this.active);
        break;
      case "Escape":
        if (inList) this.opener.focus();
        this.close();
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #choose(index) {
    const item = this.items[index];
    if (this.list.contains(document.activeElement)) this.opener.focus();
    this.close();
    this.take(item);
  }

  #option(item, index) {
    const option = element(
      "li",
      { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", class: "choice" },
      item.drawing || null,
      element("span", { class: "choice-words" }, item.words),
      item.about ? element("span", { class: "choice-about", dir: "auto" }, item.about) : null,
    );
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    option.addEventListener("click", () => this.#choose(index));
    return option;
  }

  #mark(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const marked = index >= 0 ? this.list.children[index] : null;
    if (marked) marked.scrollIntoView({ block: "nearest" });
    for (const target of [this.list, this.field]) {
      if (!target) continue;
      if (marked) target.setAttribute("aria-activedescendant", marked.id);
      else target.removeAttribute("aria-activedescendant");
    }
  }

  #say(name, value) {
    if (this.field) this.field.setAttribute(name, value);
  }
}
