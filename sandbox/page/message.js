// One message of a chat: its bubble (picture, file, text, marks) and the keyboard under it.
//
// An edit replaces only the parts that differ: the focus on a key, an opened spoiler in unchanged text and a picture
// stay. The focus of a key that is removed goes to its successor.

import { fileUrl } from "./api.js";
import { KINDS } from "./attachments.js";
import { element, size } from "./elements.js";
import { icon } from "./icons.js";
import { formatted, safeUrl } from "./formatted_text.js";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export class MessageView {
  /** `actions`: press(messageId, key, button), follow(url, event), command(text), view(url, caption). */
  constructor(message, authors, actions) {
    this.actions = actions;
    this.shown = {}; // the source of each part, as JSON
    this.media = element("div", { class: "media" });
    this.words = element("div", { class: "words" });
    this.marks = element("div", { class: "marks" });
    this.keyboard = element("div", { class: "keyboard", role: "group", "aria-label": "Buttons" });
    const author = element("span", { class: "unseen" }, message.by_bot ? `${authors.bot}: ` : `${authors.person}: `);
    const bubble = element("div", { class: "bubble" }, author, this.media, this.words, this.marks);
    this.element = element(
      "li",
      { class: message.by_bot ? "message from-bot" : "message from-person", tabindex: "-1" },
      bubble,
      this.keyboard,
    );
    this.element.dataset.messageId = message.id;
    this.update(message);
  }

  /** Updates the element; true if anything visible has changed. */
  update(message) {
    this.message = message;
    const { photo, document: file, kind, text, entities, keyboard, date, edited, silent } = message;
    const changes = [
      this.#part("media", [photo, file, kind], () => this.#media()),
      this.#part("words", [text, entities], () => formatted(text || "", entities, this.actions)),
      this.#part("keyboard", keyboard || [], () => this.#keys()),
      this.#part("marks", [date, edited, silent, message.protected], () => this.#marks()),
    ];
    return changes.some(Boolean);
  }

  /** The bot has answered: no key waits any more. */
  settle() {
    for (const key of this.keyboard.querySelectorAll(".waiting")) {
      key.classList.remove("waiting");
      key.removeAttribute("aria-busy");
    }
  }

  #part(name, source, make) {
    const from = JSON.stringify(source);
    if (this.shown[name] === from) return false;
    this.shown[name] = from;
    const part = this[name];
    const had = part.contains(document.activeElement) ? [...part.querySelectorAll("button")] : null;
    const position = had ? had.indexOf(document.activeElement) : -1;
    part.replaceChildren(...make());
    part.hidden = !part.hasChildNodes();
    if (had) this.#handOver(part, position);
    return true;
  }

  /** Moves the focus from a part that was replaced to the key at the same position, else to the message. */
  #handOver(part, position) {
    const buttons = part.querySelectorAll("button");
    const successor = buttons[Math.min(Math.max(position, 0), buttons.length - 1)] || this.element;
    successor.focus({ preventScroll: true });
  }

  #media() {
    const { photo, document: file, kind, text } = this.message;
    const chip = KINDS[kind];
    return [
      photo && this.#photo(photo, text),
      file && documentOf(file),
      chip && element("div", { class: "chip" }, icon(chip.drawing), chip.words),
    ].filter(Boolean);
  }

  #photo(photo, caption) {
    const url = fileUrl(photo.file_id);
    const first = (caption || "").split("\n")[0];
    const image = element("img", {
      src: url,
      alt: first ? `Photo: ${first}` : "Photo",
      width: photo.width,
      height: photo.height,
      decoding: "async",
    });
    const view = () => this.actions.view(url, first);
    return element("button", { type: "button", class: "photo", on: { click: view } }, image);
  }

  #keys() {
    const rows = this.message.keyboard || [];
    return rows.map((row) => element("div", { class: "row" }, row.map((key) => this.#key(key))));
  }

  #key(key) {
    const button = element("button", { type: "button", class: "key", dir: "auto" }, key.text);
    if (key.url) {
      const url = safeUrl(key.url);
      button.append(icon("away", "opens a link"));
      button.disabled = url === null;
      button.addEventListener("click", (event) => {
        if (!this.actions.follow(url, event)) window.open(url, "_blank", "noopener,noreferrer");
      });
    } else {
      button.addEventListener("click", () => {
        button.classList.add("waiting");
        button.setAttribute("aria-busy", "true");
        setTimeout(() => this.settle(), 4000); // a lost answer is one of the faults that can be set
        this.actions.press(this.message.id, key.data);
      });
    }
    return button;
  }

  #marks() {
    const { date, edited, silent, protected: kept } = this.message;
    const sent = new Date(date * 1000);
    return [
      kept && mark("shield", "Protected: no forwarding, no saving"),
      silent && mark("silent", "Sent without a sound"),
      edited && element("span", {}, "edited"),
      element("time", { datetime: sent.toISOString() }, CLOCK.format(sent)),
    ].filter(Boolean);
  }
}

function mark(name, title) {
  return element("span", { class: `mark ${name}`, title }, icon(name, title));
}

function documentOf(file) {
  const name = file.file_name || "file";
  const about = element("span", { class: "file-size" }, file.file_size ? size(file.file_size) : "Download");
  const title = element("bdi", { class: "file-name" }, name);
  return element(
    "a",
    { class: "chip file", href: fileUrl(file.file_id), download: name },
    icon("document"),
    element("span", {}, title, about),
  );
}
