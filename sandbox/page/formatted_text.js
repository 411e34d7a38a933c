// A message's text with its entities as elements (Bot API, "MessageEntity"; offsets are UTF-16 units, as in
// JavaScript's strings).
//
// Each line is an element of its own with dir="auto", so that an Arabic line runs from the right beside an English one.
// Entities nest; where two of them cross, the later one is cut in two. Links have the schemes http, https,
// mailto or tel only.

import { element, setText } from "./elements.js";

const BLOCKS = ["blockquote", "expandable_blockquote", "pre"];
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BARE = ["url", "text_link", "code", "email", "bot_command"]; // in these an address does not become a link
const SAFE = ["http:", "https:", "mailto:", "tel:"];
const ISOLATES = "\u2066-\u2069";
// Groups: an address; or the text before a command, and the command. (No look-behind: older Safari lacks it.)
const URL_OR_COMMAND = new RegExp(
  `((?:https?:\\/\\/|\\bt\\.me\\/)[^\\s<>"«»${ISOLATES}]+)|(^|[\\s(«"${ISOLATES}])(\\/[a-z][a-z0-9_]{0,31})(?![\\w/])`,
  "gi",
);
const TRAILING = /[.,;:!?)\]}'"…،؛؟]+$/;
const FOLDED_LINES = 3;
const ISOLATED = /[\u2066-\u2068][^\u2069]*\u2069?/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The text as nodes. `actions`: follow(url, event) for links, command(text) for commands that are tapped. */
export function formatted(text, entities, actions) {
  return new Dresser(text, entities || [], actions).all();
}

/** The text as one string for a screen reader's announcement, without the text of spoilers. */
export function spoken(text, entities) {
  const hidden = (entities || []).filter((entity) => entity.type === "spoiler").sort((a, b) => b.offset - a.offset);
  let words = text;
  for (const { offset, length } of hidden) words = `${words.slice(0, offset)}(hidden)${words.slice(offset + length)}`;
  return words;
}

/** A link's address if it may be followed, else null. Addresses without a scheme are taken as https. */
export function safeUrl(address) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    const url = new URL(whole);
    return SAFE.includes(url.protocol) ? url.href : null;
  } catch {
    return null; // no address: it is shown as plain text
  }
}

class Dresser {
  constructor(text, entities, actions) {
    this.text = text;
    this.actions = actions;
    const spans = entities.map((entity) => ({ ...entity, start: entity.offset, end: entity.offset + entity.length }));
    spans.sort((a, b) => a.start - b.start || b.end - a.end); // an outer span before the spans inside it
    this.blocks = spans.filter((span) => BLOCKS.includes(span.type));
    this.inline = spans.filter((span) => !BLOCKS.includes(span.type));
  }

  all() {
    const { text } = this;
    const nodes = [];
    let at = 0;
    for (const block of this.blocks) {
      if (block.start < at) continue;
      // The line break on either side of a block belongs to the block's edge, not to an empty line.
      const before = text[block.start - 1] === "\n" ? block.start - 1 : block.start;
      if (before > at) nodes.push(...this.#lines(at, before));
      nodes.push(block.type === "pre" ? this.#code(block) : this.#quote(block));
      at = text[block.end] === "\n" ? block.end + 1 : block.end;
    }
    if (at < text.length) nodes.push(...this.#lines(at, text.length));
    return nodes;
  }

  #lines(from, to) {
    let start = from;
    return this.text.slice(from, to).split("\n").map((line) => {
      const nodes = this.#dressed(start, start + line.length, this.inline, true);
      start += line.length + 1;
      return element("div", { class: "line", dir: "auto" }, nodes.length ? nodes : element("br"));
    });
  }

  #code({ start, end, language }) {
    const label = language ? element("span", { class: "code-language" }, language) : null;
    return element("pre", { tabindex: "0" }, label, element("code", { dir: "auto" }, this.text.slice(start, end)));
  }

  #quote({ type, start, end }) {
    const inside = this.#lines(start, end);
    const dir = direction(this.text.slice(start, end));
    const quote = element("blockquote", { dir }, element("div", { class: "quoted" }, inside));
    const long = inside.length > FOLDED_LINES || end - start > 140;
    if (type === "expandable_blockquote" && long) makeExpandable(quote);
    return quote;
  }

  /** The nodes of text[from, to). The rest of a later span that crosses a span follows it. */
  #dressed(from, to, spans, bare) {
    const nodes = [];
    let at = from;
    spans.forEach((span, index) => {
      const start = Math.max(span.start, at);
      const end = Math.min(span.end, to);
      if (start >= end) return;
      const inside = this.#dressed(start, end, spans.slice(index + 1), bare && !BARE.includes(span.type));
      nodes.push(...this.#run(at, start, bare), this.#wrapped(span, inside, this.text.slice(start, end)));
      at = end;
    });
    return [...nodes, ...this.#run(at, to, bare)];
  }

  /** Text without an entity. Addresses and commands in it become links, as in a Telegram app. */
  #run(from, to, bare) {
    const words = this.text.slice(from, to);
    if (!bare) return [words];
    const nodes = [];
    let at = 0;
    for (const match of words.matchAll(URL_OR_COMMAND)) {
      const [whole, address, before = "", tapped] = match;
      const start = match.index + before.length;
      const found = address ? whole.replace(TRAILING, "") : tapped;
      nodes.push(words.slice(at, start), address ? this.#link(found, found) : this.#command(found));
      at = start + found.length;
    }
    return [...nodes, words.slice(at)].filter((node) => node !== "");
  }

  #wrapped({ type, url }, inside, words) {
    switch (type) {
      case "code":
        return element("code", { dir: "auto" }, inside);
      case "spoiler":
        return spoiler(inside);
      case "text_link":
        return this.#link(url || "", inside);
      case "url":
        return this.#link(words, inside);
      case "email":
        return this.#link(`mailto:${words}`, inside);
      case "phone_number":
        return this.#link(`tel:${words.replace(/[^+\d]/g, "")}`, inside);
      case "bot_command":
        return this.#command(words);
      default:
        return element(TAGS[type] || "span", { class: type }, inside); // an unknown kind is plain text
    }
  }

  #link(address, inside) {
    const url = safeUrl(address);
    if (url === null) return element("span", {}, inside);
    const follow = (event) => this.actions.follow(url, event);
    const on = { click: follow, auxclick: follow };
    return element("a", { href: url, title: url, target: "_blank", rel: "noopener noreferrer", on }, inside);
  }

  #command(words) {
    const on = { click: () => this.actions.command(words) };
    return element("button", { type: "button", class: "as-link", dir: "ltr", on }, words);
  }
}

/**
 * The side on which a quotation has its bar: that of its first letter outside isolates (UAX #9, rule P2). dir="auto"
 * would not see it, because it looks past lines that have a direction of their own.
 */
function direction(words) {
  const first = words.replace(ISOLATED, "").match(/\p{L}/u);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}

function makeExpandable(quote) {
  quote.classList.add("folded");
  const turn = () => {
    const folded = quote.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    setText(more, folded ? "Show all" : "Show less");
  };
  const more = element("button", { type: "button", class: "more", "aria-expanded": "false", on: { click: turn } });
  setText(more, "Show all");
  quote.append(more);
}

/** A spoiler: its text takes its space and is hidden until it is shown. */
function spoiler(inside) {
  const words = element("span", { tabindex: "-1" }, inside);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    cover.replaceWith(words);
    words.focus();
  };
  const label = "Hidden words. Press to show them.";
  const given = { class: "spoiler", role: "button", tabindex: "0", "aria-label": label };
  const cover = element("span", { ...given, on: { click: reveal, keydown: reveal } }, words.textContent);
  return cover;
}
