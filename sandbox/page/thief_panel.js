// The panel "What a thief sees": the files of the bot's data directory, and a search for any words in their bytes and,
// beside it, in the opened database.
//
// The search is repeated after each change of the sandbox, so that the second number falls to zero when somebody is
// erased. The disk is not read while the panel is closed.

import * as api from "./api.js";
import { byId, counted, element, setText, size } from "./elements.js";
import { complain } from "./overlays.js";

const TYPING = 250; // milliseconds without a key before a search
const SETTLING = 1200; // milliseconds between a change and the next search
const SHORTEST = 4; // bytes; less is found in random data by chance
const PER_LINE = 8;

export class ThiefPanel {
  constructor() {
    this.panel = byId("thief-panel");
    this.words = byId("thief-words");
    this.files = new Map(); // by name: {item, size, sample}
    this.can = {};
    this.stale = true;
    this.panel.addEventListener("toggle", () => this.#look());
    byId("thief-look").addEventListener("click", () => this.#look(true));
    this.words.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.#search(), TYPING);
    });
    byId("thief-form").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.typing);
      this.#search();
    });
    this.#search();
  }

  /** Repeats the search after a change of the sandbox; the names of `people` are offered as words to try. */
  update({ can, people }) {
    this.can = can || {};
    byId("thief-missing").hidden = Boolean(this.can.disk);
    byId("thief-disk").hidden = !this.can.disk;
    this.#offer(people);
    this.stale = true;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#look(), SETTLING);
  }

  /** Called when the panel comes into view. */
  shown() {
    this.#look();
  }

  get #visible() {
    return this.panel.open && this.panel.offsetParent !== null;
  }

  async #look(asked = false) {
    if (!this.can.disk || !this.#visible || !(this.stale || asked)) return;
    this.stale = false;
    this.#search();
    try {
      const { directory, files } = await api.disk();
      setText(byId("thief-directory"), directory || "");
      this.#list(files);
    } catch (trouble) {
      this.stale = true;
      complain(trouble);
    }
  }

  #offer(people) {
    const names = [...new Set(people.map((person) => person.first_name))].filter(longEnough).slice(0, 6);
    const place = byId("thief-offers");
    if (place.dataset.names === names.join("\n")) return;
    place.dataset.names = names.join("\n");
    const offer = (name) => {
      this.words.value = name;
      this.#search();
    };
    const button = (name) =>
      element("button", { type: "button", class: "offer", dir: "auto", on: { click: () => offer(name) } }, name);
    place.replaceChildren(...names.map(button));
  }

  #list(files) {
    const alive = new Set(files.map((file) => file.name));
    for (const [name, { item }] of this.files) {
      if (alive.has(name)) continue;
      item.remove();
      this.files.delete(name);
    }
    const largest = Math.max(...files.map((file) => file.size));
    const first = this.files.size === 0;
    for (const file of files) {
      if (!this.files.has(file.name)) this.files.set(file.name, this.#entry(file, first && file.size === largest));
      const entry = this.files.get(file.name);
      setText(entry.size, size(file.size));
      setText(entry.sample, hexDump(file.sample || ""));
    }
    const total = files.reduce((sum, file) => sum + file.size, 0);
    setText(byId("thief-total"), `${counted(files.length, "file")}, ${size(total)}`);
  }

  #entry(file, open) {
    const bytes = element("span", { class: "file-size" });
    const sample = element("code", { class: "hex", dir: "ltr" });
    const about = `96 bytes from the middle of ${file.name}`;
    const item = element(
      "li",
      {},
      element(
        "details",
        { open },
        element("summary", {}, element("bdi", { class: "file-name" }, file.name), bytes),
        element("pre", { tabindex: "0", "aria-label": about }, sample),
      ),
    );
    byId("thief-files").append(item);
    return { item, size: bytes, sample };
  }

  async #search() {
    if (this.searching) this.searching.abort();
    const words = this.words.value.trim();
    if (!longEnough(words)) {
      const why = words ? "Four letters or more: fewer turn up in random bytes by chance." : "";
      this.#found("thief-on-disk", why, null);
      this.#found("thief-with-key", "", null);
      return;
    }
    const searching = new AbortController();
    this.searching = searching;
    try {
      const { on_disk: disk, with_key: key } = await api.searchDisk(words, searching.signal);
      if (searching.signal.aborted) return;
      const { hits, files } = disk;
      this.#found("thief-on-disk", hits ? `${counted(hits, "hit")} in ${files.join(", ")}` : "0 hits", hits);
      const places = key ? key.places : null;
      const where = places && places.length ? `: ${places.join(", ")}` : "";
      const words_ = places === null ? "cannot be asked here" : `${placesOf(places.length)}${where}`;
      this.#found("thief-with-key", words_, places === null ? null : places.length);
    } catch (trouble) {
      if (!searching.signal.aborted) complain(trouble);
    }
  }

  #found(id, words, count) {
    const output = byId(id);
    setText(output, words);
    if (count === null) delete output.dataset.count;
    else output.dataset.count = count;
    output.classList.toggle("nothing", count === 0);
    output.classList.toggle("something", count !== null && count > 0);
  }
}

const placesOf = (number) => (number === 1 ? "1 place" : `${number} places`);

function longEnough(words) {
  return new TextEncoder().encode(words.trim()).length >= SHORTEST;
}

/** "9f 3c …  .<.." in lines of eight bytes, as a hex dump. */
function hexDump(hex) {
  const bytes = hex.match(/../g) || [];
  const lines = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const line = bytes.slice(at, at + PER_LINE);
    const letters = line.map((byte) => {
      const code = parseInt(byte, 16);
      return code > 31 && code < 127 ? String.fromCharCode(code) : "·";
    });
    lines.push(`${line.join(" ").padEnd(PER_LINE * 3)} ${letters.join("")}`);
  }
  return lines.join("\n");
}
