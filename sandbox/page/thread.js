// The messages of the chosen person's chat, oldest first.
//
// Messages are matched by id and changed in place. The scroll position follows new messages only if the end was visible;
// a message taller than the screen is shown from its beginning. New messages are announced to screen readers once, in one
// sentence; opening a chat announces nothing.

import { byId, counted, element, setText } from "./elements.js";
import { icon } from "./icons.js";
import { spoken } from "./formatted_text.js";
import { MessageView } from "./message.js";

const NEAR = 48; // pixels from the end that count as the end
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export class Thread {
  /** `actions` as in message.js, and start() for an empty chat's button. */
  constructor(actions) {
    this.actions = actions;
    this.scroller = byId("thread");
    this.list = byId("messages");
    this.welcome = byId("welcome");
    this.jump = byId("jump");
    this.announcer = byId("announcer");
    this.jump.addEventListener("click", () => this.toEnd());
    const scrolled = () => this.height === this.scroller.clientHeight && this.#looked(); // else it only shrank
    this.scroller.addEventListener("scroll", scrolled, { passive: true });
    // When the field below grows or the phone's keyboard opens, the end stays visible if it was.
    new ResizeObserver(() => (this.atEnd ? this.toEnd() : this.#looked())).observe(this.scroller);
    byId("start").addEventListener("click", () => actions.start());
    this.close();
  }

  close() {
    this.views = new Map();
    this.days = new Map();
    this.divider = null;
    this.opened = false;
    this.atEnd = true;
    this.missed = 0;
    this.list.replaceChildren();
    this.#offerJump();
  }

  open(person, bot) {
    this.close();
    this.person = person;
    this.bot = bot;
    this.list.lang = person.language_code || "";
    this.announcer.lang = this.list.lang;
    setText(this.announcer, "");
    this.welcome.hidden = true;
    byId("start-bar").hidden = true;
  }

  /** Shows the whole chat from the long poll; `description` is the text of an empty one. */
  update(messages, description) {
    const first = !this.opened;
    this.opened = true;
    const wasAtEnd = this.atEnd;
    const changed = [];
    this.#drop(new Set(messages.map((message) => message.id)));
    const authors = { bot: this.bot.name, person: this.person.first_name };
    for (const message of messages) {
      const view = this.views.get(message.id);
      if (view === undefined) {
        const made = new MessageView(message, authors, this.actions);
        if (!first) made.element.classList.add("new");
        this.views.set(message.id, made);
        changed.push(made);
      } else if (view.update(message)) {
        changed.push(view);
      }
    }
    if (first) this.#divide(messages);
    this.#arrange(messages);
    this.#empty(messages.length === 0, description);
    if (first) this.#begin();
    else if (changed.length) this.#follow(changed, wasAtEnd);
    if (!first) this.#announce(changed);
    if (changed.length) this.settle();
  }

  /** No key waits for an answer any more. */
  settle() {
    for (const view of this.views.values()) view.settle();
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#looked();
  }

  /** The newest text message of the person, for editing it; or undefined. */
  lastOwn() {
    const views = [...this.views.values()];
    const own = views.filter(({ message }) => !message.by_bot && message.text && !message.photo && !message.document);
    return own.length ? own.pop().message : undefined;
  }

  #drop(alive) {
    for (const [id, view] of this.views) {
      if (alive.has(id)) continue;
      this.views.delete(id);
      if (view.element.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
      view.element.remove();
    }
  }

  /** The line above the messages that were unread when the chat was opened. */
  #divide(messages) {
    const unread = messages.findIndex((message) => message.unread && message.by_bot);
    if (unread < 1) return;
    this.divider = { before: messages[unread].id, element: element("li", { class: "divider" }, "New messages") };
  }

  #arrange(messages) {
    const wanted = [];
    let day = "";
    for (const message of messages) {
      const name = DAY.format(new Date(message.date * 1000));
      if (name !== day) wanted.push(this.#day(name, message.id));
      day = name;
      if (this.divider && this.divider.before === message.id) wanted.push(this.divider.element);
      wanted.push(this.views.get(message.id).element);
    }
    const kept = new Set(wanted);
    for (const node of [...this.list.children]) if (!kept.has(node)) node.remove();
    wanted.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] || null);
    });
  }

  #day(name, firstId) {
    const key = `${name} ${firstId}`; // a clock that was moved back can show the same day twice
    if (!this.days.has(key)) this.days.set(key, element("li", { class: "day", lang: "en" }, element("span", {}, name)));
    return this.days.get(key);
  }

  #empty(empty, description) {
    this.welcome.hidden = !empty;
    byId("start-bar").hidden = !empty;
    setText(byId("welcome-words"), description || "");
  }

  #begin() {
    this.toEnd();
    if (this.divider === null) return;
    const top = this.#topOf(this.divider.element) - 8;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    this.#looked();
  }

  #follow(changed, wasAtEnd) {
    if (!wasAtEnd) {
      this.missed += changed.filter((view) => view.message.by_bot).length;
      this.#offerJump();
      return;
    }
    this.toEnd();
    const top = this.#topOf(changed[0].element) - 8;
    if (top < this.scroller.scrollTop && changed[0].message.by_bot) this.scroller.scrollTop = top;
    this.#looked();
  }

  /** The top of a message in the scrolled content; its rectangle is of no use, since it moves while it fades in. */
  #topOf(node) {
    return node.offsetTop - this.scroller.offsetTop;
  }

  #looked() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.height = clientHeight;
    this.atEnd = scrollHeight - clientHeight - scrollTop < NEAR;
    if (this.atEnd) this.missed = 0;
    this.#offerJump();
  }

  #offerJump() {
    this.jump.hidden = this.atEnd;
    const words = this.missed ? counted(this.missed, "new message") : "To the end";
    if (this.jump.dataset.words === words) return;
    this.jump.dataset.words = words;
    this.jump.replaceChildren(icon("down"), element("span", {}, words));
  }

  #announce(changed) {
    const news = changed.map((view) => view.message).filter((message) => message.by_bot);
    if (!news.length) return;
    const words = news.map((message) => {
      const kind = message.photo ? "photo" : message.document ? "document" : message.kind || "";
      const keys = (message.keyboard || []).flat().length;
      const buttons = keys ? ` (${counted(keys, "button")})` : "";
      return `${[kind, spoken(message.text || "", message.entities)].filter(Boolean).join(": ")}${buttons}`;
    });
    setText(this.announcer, `${this.bot.name}: ${words.join(" · ")}`);
  }
}
