// The field in which the chosen person writes: text, commands, attachments, and edits of their last message.
//
// Each person's unsent text is kept while another person is chosen; messages are sent in order; a text that the sandbox
// refuses is put back into the field.

import * as api from "./api.js";
import { byId, isolated, setText } from "./elements.js";
import { Attachments } from "./attachments.js";
import { Choices } from "./choices.js";
import { complain } from "./overlays.js";

const LONGEST = 4096; // UTF-16 units of one message; a Telegram app splits a longer text
const NEARLY = 3900; // UTF-16 units from which on the length is shown

export class Composer {
  /** `thread` gives the last message of the person, and shows its end when something is sent. */
  constructor(thread) {
    this.thread = thread;
    this.person = null;
    this.commands = [];
    this.drafts = new Map();
    this.editing = null; // the message that is being edited
    this.queue = Promise.resolve();
    this.field = byId("compose");
    this.form = byId("composer");
    this.attachments = new Attachments({
      send: (kind, fields) => this.#queue(() => api.sendKind(this.person.id, kind, fields)),
      changed: () => this.#refresh(),
    });
    this.menu = new Choices(byId("command-choices"), {
      opener: byId("menu"),
      field: this.field,
      take: (choice) => this.say(choice.value),
    });
    byId("menu").addEventListener("click", () => this.#toggleMenu());
    byId("editing-drop").addEventListener("click", () => {
      this.#stopEditing();
      this.focus();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.menu.close());
    this.field.addEventListener("paste", (event) => this.#pasted(event));
  }

  /** Shows the unsent text of this person, who writes from now on. */
  open(person) {
    if (this.person) this.drafts.set(this.person.id, this.editing ? "" : this.field.value);
    this.#stopEditing();
    this.attachments.drop();
    this.menu.close();
    this.person = person;
    this.commands = [];
    this.field.value = this.drafts.get(person.id) || "";
    this.field.placeholder = `Write as ${isolated(person.first_name)}`;
    this.#refresh();
  }

  update(commands) {
    this.commands = commands;
    byId("menu").hidden = commands.length === 0;
  }

  /** Sends this text as the person. The text in the field stays unless the sent text begins with it. */
  say(words) {
    if (words === this.field.value.trim() || words.startsWith(this.field.value.trim())) this.#empty();
    const { id } = this.person;
    return this.#queue(() => api.say(id, words));
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  async #send() {
    const { id } = this.person;
    const typed = this.field.value;
    const words = typed.trim();
    if (this.editing) {
      const { editing } = this;
      this.#stopEditing();
      if (words && words !== editing.text) await this.#queue(() => api.edit(id, editing.id, words));
      return;
    }
    const file = this.attachments.handOver();
    if (!words && !file) return;
    this.#empty();
    const sent = await this.#queue(() =>
      file ? api.sendFile(id, file.field, file.file, words) : api.say(id, words),
    );
    if (sent) return;
    if (this.person.id === id && !this.field.value) this.field.value = typed;
    else if (this.person.id !== id) this.drafts.set(id, typed);
    if (file && this.person.id === id) this.attachments.hold(file.field, file.file);
    this.#refresh();
  }

  /** Runs after all earlier work is done; true if the sandbox accepted it. */
  #queue(work) {
    const done = this.queue.then(async () => {
      try {
        await work();
        return true;
      } catch (trouble) {
        complain(trouble);
        return false;
      }
    });
    this.queue = done;
    this.thread.toEnd();
    return done;
  }

  #empty() {
    this.field.value = "";
    this.menu.close();
    this.#refresh();
  }

  #typed() {
    this.#refresh();
    const typed = this.field.value.toLowerCase();
    if (!/^\/[a-z0-9_]*$/.test(typed) || this.editing) {
      this.menu.close();
      return;
    }
    this.menu.open(this.#choices().filter((choice) => choice.value.startsWith(typed)));
  }

  #choices() {
    return this.commands.map(({ command, description }) => {
      const value = `/${command.replace(/^\//, "")}`;
      return { words: value, about: description, value };
    });
  }

  #toggleMenu() {
    if (this.menu.isOpen) this.menu.close();
    else this.menu.open(this.#choices(), { focused: true });
  }

  #key(event) {
    if (this.menu.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.field.value && !this.editing) {
      this.#startEditing(event);
    } else if (event.key === "Escape" && (this.editing || this.attachments.waiting)) {
      event.stopPropagation();
      if (this.editing) this.#stopEditing();
      else this.attachments.drop();
    }
  }

  #startEditing(event) {
    const message = this.thread.lastOwn();
    if (!message) return;
    event.preventDefault();
    this.editing = message;
    this.field.value = message.text;
    byId("editing").hidden = false;
    this.#refresh();
  }

  #stopEditing() {
    if (this.editing) this.field.value = "";
    this.editing = null;
    byId("editing").hidden = true;
    this.#refresh();
  }

  #pasted(event) {
    const picture = [...event.clipboardData.files].find((file) => file.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    this.attachments.hold("photo", picture);
  }

  /** Updates height, counter and send button after a change of the field. */
  #refresh() {
    const { field } = this;
    const used = field.value.length;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    const over = used > LONGEST;
    const pieces = over ? ": goes out in pieces" : "";
    byId("counter").hidden = used < NEARLY;
    byId("counter").classList.toggle("over", over);
    setText(byId("counter"), used < NEARLY ? "" : `${used.toLocaleString("en")} of 4,096${pieces}`);
    byId("send").disabled = !field.value.trim() && !this.attachments.waiting && !this.editing;
  }
}
