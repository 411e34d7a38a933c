// One message of a chat: its bubble (picture, file, words, marks) and the keyboard under it.
//
// Promise: an edit changes only the parts that differ. Whoever stands on a key, has opened a spoiler in untouched words
// or is looking at a picture keeps their place; a key that goes away hands the focus to its successor.

import { element, icon, setText, size } from "./elements.js";
import { fileUrl } from "./api.js";
import { formatted, safeUrl } from "./formatted_text.js";

const KINDS = {
  voice: ["voice", "Voice note"],
  audio: ["voice", "Audio"],
  location: ["place", "Location"],
  venue: ["place", "Place"],
  contact: ["contact", "Contact"],
  sticker: ["sticker", "Sticker"],
  video: ["video", "Video"],
  video_note: ["video", "Video note"],
  animation: ["video", "Animation"],
  poll: ["document", "Poll"],
};
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export const timeOf = (message) => CLOCK.format(new Date(message.date * 1000));

export class MessageView {
  /** `actions`: press(messageId, key, button), follow(url, event), command(text), view(url, caption). */
  constructor(message, authors, actions) {
    this.actions = actions;
    this.shown = {}; // what each part was made from, as JSON
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

  /** Brings the element up to date; true if anything that is seen has changed. */
  update(message) {
    this.message = message;
    const { photo, document: file, kind, text, entities, keyboard } = message;
    const changes = [
      this.#part("media", [photo, file, kind, message.protected], () => this.#media()),
      this.#part("words", [text, entities], () => formatted(text || "", entities, this.actions)),
      this.#part("keyboard", keyboard || [], () => this.#keys()),
      this.#part("marks", [message.date, message.edited, message.protected, message.silent], () => this.#marks()),
    ];
    return changes.some(Boolean);
  }

  /** The bot has answered: no key is waiting any more. */
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
    part.replaceChildren(make());
    part.hidden = !part.hasChildNodes();
    if (had) this.#handOver(part, position);
    return true;
  }

  /** The focus was in a part that has just been made anew: to the key in the same place, else to the message itself. */
  #handOver(part, position) {
    const buttons = part.querySelectorAll("button");
    const successor = buttons[Math.min(Math.max(position, 0), buttons.length - 1)] || this.element;
    successor.focus({ preventScroll: true });
  }

  #media() {
    const { photo, document: file, kind, text } = this.message;
    const fragment = document.createDocumentFragment();
    if (photo) fragment.append(this.#photo(photo, text));
    if (file) fragment.append(documentOf(file));
    if (kind && kind !== "photo" && kind !== "document" && kind !== "text") fragment.append(chip(kind));
    return fragment;
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
    const fragment = document.createDocumentFragment();
    for (const row of this.message.keyboard || []) {
      fragment.append(element("div", { class: "row" }, row.map((key) => this.#key(key))));
    }
    return fragment;
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
    } else if (key.data !== undefined && key.data !== null) {
      button.addEventListener("click", () => {
        button.classList.add("waiting");
        button.setAttribute("aria-busy", "true");
        setTimeout(() => this.settle(), 4000); // an answer may never come: that is one of the things to try
        this.actions.press(this.message.id, key.data);
      });
    } else {
      button.disabled = true; // a kind of key that this page does not know
    }
    return button;
  }

  #marks() {
    const { date, edited, silent } = this.message;
    const fragment = document.createDocumentFragment();
    if (this.message.protected) fragment.append(mark("shield", "Protected: no forwarding, no saving"));
    if (silent) fragment.append(mark("silent", "Sent without a sound"));
    if (edited) fragment.append(element("span", { class: "edited" }, "edited"));
    const time = element("time", { datetime: new Date(date * 1000).toISOString() });
    setText(time, timeOf(this.message));
    fragment.append(time);
    return fragment;
  }
}

function mark(name, title) {
  return element("span", { class: `mark ${name}`, title }, icon(name, title));
}

function chip(kind) {
  const [drawing, words] = KINDS[kind] || ["document", kind.replaceAll("_", " ")];
  return element("div", { class: "chip", data: { kind } }, icon(drawing), element("span", {}, words));
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
