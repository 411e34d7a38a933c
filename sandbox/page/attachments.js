// Attachments. A photo or a file is chosen and shown above the field until it is sent, with the typed text as its
// caption; the other kinds are sent at once with fictional content, to see how the bot answers them.

import { byId, element, setText, size } from "./elements.js";
import { icon } from "./icons.js";
import { Choices } from "./choices.js";

/** The kinds of attachment with label and icon; those that are sent at once have fictional `fields`. */
export const KINDS = {
  photo: { drawing: "photo", words: "Photo" },
  document: { drawing: "document", words: "File" },
  voice: { drawing: "voice", words: "Voice note", fields: { duration: 4 } },
  location: { drawing: "place", words: "Location", fields: { latitude: 33.8938, longitude: 35.5018 } },
  contact: { drawing: "contact", words: "Contact", fields: { phone_number: "+000 000 000", first_name: "Somebody" } },
  sticker: { drawing: "sticker", words: "Sticker", fields: { emoji: "\u{1F642}" } },
  video: { drawing: "video", words: "Video", fields: { duration: 3 } },
};

export class Attachments {
  /** `send(kind, fields)` sends one of the fictional kinds; `changed()` is called when a file is chosen or removed. */
  constructor({ send, changed }) {
    this.send = send;
    this.changed = changed;
    this.waiting = null; // {field: "photo" or "document", file: File}
    this.preview = null; // the object URL of the picture shown
    this.opener = byId("attach");
    this.choices = new Choices(byId("attach-choices"), {
      opener: this.opener,
      take: (choice) => this.#take(choice.value),
    });
    this.opener.addEventListener("click", () => this.#toggle());
    for (const field of ["photo", "document"]) {
      const input = byId(`attach-${field}`);
      input.addEventListener("change", () => {
        const [file] = input.files;
        if (file) this.hold(field, file);
        input.value = ""; // the same file can be chosen again
      });
    }
    byId("attached-drop").addEventListener("click", () => {
      this.drop();
      byId("compose").focus();
    });
  }

  /** Shows the file above the field; it is sent with the next message. */
  hold(field, file) {
    this.drop();
    this.waiting = { field, file };
    setText(byId("attached-words"), `${file.name}, ${size(file.size)}`);
    const place = byId("attached-picture");
    if (field === "photo") {
      this.preview = URL.createObjectURL(file);
      place.replaceChildren(element("img", { src: this.preview, alt: "" }));
    } else {
      place.replaceChildren(icon("document"));
    }
    byId("attached").hidden = false;
    this.changed();
    byId("compose").focus();
  }

  drop() {
    if (this.preview) URL.revokeObjectURL(this.preview);
    this.preview = null;
    this.waiting = null;
    byId("attached").hidden = true;
    byId("attached-picture").replaceChildren();
    this.changed();
  }

  /** Returns the chosen file and forgets it. */
  handOver() {
    const waiting = this.waiting;
    this.drop();
    return waiting;
  }

  #toggle() {
    if (this.choices.isOpen) {
      this.choices.close();
      return;
    }
    const kinds = Object.entries(KINDS);
    const items = kinds.map(([value, { drawing, words }]) => ({ drawing: icon(drawing), words, value }));
    this.choices.open(items, { focused: true });
  }

  #take(kind) {
    const { fields } = KINDS[kind];
    if (fields) this.send(kind, fields);
    else byId(`attach-${kind}`).click();
  }
}
