// A message's words, dressed as its entities say (Bot API, "MessageEntity"; offsets count UTF-16 units, as JavaScript's
// own strings do).
//
// Each line is an element of its own with dir="auto", so that an Arabic line runs from the right beside an English one.
// Entities nest; where two of them cross, the later one is cut in two. Links go nowhere but http, https, mailto and tel.

import { element } from "./elements.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);
const ISOLATES = "\u2066-\u2069";
// Groups: an address; or what stands before a command, and the command. (No look-behind: older Safari lacks it.)
const URL_OR_COMMAND = new RegExp(
  `((?:https?:\\/\\/|\\bt\\.me\\/)[^\\s<>"«»${ISOLATES}]+)|(^|[\\s(«"${ISOLATES}])(\\/[a-z][a-z0-9_]{0,31})(?![\\w/])`,
  "gi",
);
const TRAILING = /[.,;:!?)\]}'"…،؛؟]+$/;
const FOLDED_LINES = 3;
const ISOLATED = /[\u2066-\u2068][^\u2069]*\u2069?/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The words as nodes. `actions`: follow(url, event) for links, command(text) for commands that are tapped. */
export function formatted(text, entities, actions) {
  const fragment = document.createDocumentFragment();
  const spans = (entities || []).map((entity) => ({
    ...entity,
    start: entity.offset,
    end: Math.min(entity.offset + entity.length, text.length),
  }));
  const blocks = spans.filter((span) => BLOCKS.has(span.type)).sort((a, b) => a.start - b.start);
  const inline = spans.filter((span) => !BLOCKS.has(span.type));
  let at = 0;
  for (const block of blocks) {
    if (block.start < at || block.end <= block.start) continue;
    // The line break on either side of a block belongs to the block's edge, not to an empty line.
    const before = text[block.start - 1] === "\n" ? block.start - 1 : block.start;
    if (before > at) fragment.append(...lines(text, at, before, inline, actions));
    fragment.append(blockOf(block, text, inline, actions));
    at = text[block.end] === "\n" ? block.end + 1 : block.end;
  }
  if (at < text.length) fragment.append(...lines(text, at, text.length, inline, actions));
  return fragment;
}

/** The words as one string for a screen reader's announcement; what is under a spoiler stays hidden. */
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
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null; // not an address at all: it is shown as plain words
  }
}

function lines(text, from, to, spans, actions) {
  const made = [];
  let start = from;
  while (start <= to) {
    const found = text.indexOf("\n", start);
    const end = found === -1 || found > to ? to : found;
    const nodes = dressed(text, start, end, spans, actions, true);
    made.push(element("div", { class: "line", dir: "auto" }, nodes.length ? nodes : element("br")));
    start = end + 1;
  }
  return made;
}

function blockOf(block, text, spans, actions) {
  if (block.type === "pre") {
    const code = element("code", { dir: "auto" }, text.slice(block.start, block.end));
    const label = block.language ? element("span", { class: "code-language" }, block.language) : null;
    return element("pre", { tabindex: "0" }, label, code);
  }
  const inside = lines(text, block.start, block.end, spans, actions);
  const dir = direction(text.slice(block.start, block.end));
  const quote = element("blockquote", { dir }, element("div", { class: "quoted" }, inside));
  const long = inside.length > FOLDED_LINES || block.end - block.start > 140;
  if (block.type === "expandable_blockquote" && long) makeExpandable(quote);
  return quote;
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
  const more = element("button", { type: "button", class: "more", "aria-expanded": "false" }, "Show all");
  more.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = folded ? "Show all" : "Show less";
  });
  quote.append(more);
}

/** The nodes of text[from, to): outer entities first, those inside them within. `bare`: plain addresses become links. */
function dressed(text, from, to, spans, actions, bare) {
  const order = (a, b) => a.start - b.start || b.end - a.end;
  const waiting = spans
    .filter((span) => span.start < to && span.end > from)
    .map((span) => ({ ...span, start: Math.max(span.start, from), end: Math.min(span.end, to) }))
    .sort(order);
  const nodes = [];
  let at = from;
  while (waiting.length) {
    const outer = waiting.shift();
    const inner = [];
    while (waiting.length && waiting[0].start < outer.end) {
      const span = waiting.shift();
      inner.push({ ...span, end: Math.min(span.end, outer.end) });
      if (span.end > outer.end) {
        waiting.push({ ...span, start: outer.end });
        waiting.sort(order);
      }
    }
    const stillBare = bare && !["url", "text_link", "code", "email", "bot_command"].includes(outer.type);
    nodes.push(...run(text.slice(at, outer.start), actions, bare));
    const children = dressed(text, outer.start, outer.end, inner, actions, stillBare);
    nodes.push(wrapped(outer, children, text.slice(outer.start, outer.end), actions));
    at = outer.end;
  }
  nodes.push(...run(text.slice(at, to), actions, bare));
  return nodes;
}

/** Words without an entity. Telegram finds addresses and commands in them by itself, and so do we. */
function run(words, actions, bare) {
  if (!words) return [];
  if (!bare) return [words];
  const nodes = [];
  let at = 0;
  for (const match of words.matchAll(URL_OR_COMMAND)) {
    const [whole, address, before = "", tapped] = match;
    const start = match.index + before.length;
    const found = address ? whole.replace(TRAILING, "") : tapped;
    nodes.push(words.slice(at, start));
    nodes.push(address ? link(found, [found], actions) : command(found, actions));
    at = start + found.length;
  }
  nodes.push(words.slice(at));
  return nodes.filter((node) => node !== "");
}

function wrapped(span, children, words, actions) {
  switch (span.type) {
    case "bold":
      return element("strong", {}, children);
    case "italic":
      return element("em", {}, children);
    case "underline":
      return element("u", {}, children);
    case "strikethrough":
      return element("s", {}, children);
    case "code":
      return element("code", { dir: "auto" }, children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(span.url || "", children, actions);
    case "url":
      return link(words, children, actions);
    case "email":
      return link(`mailto:${words}`, children, actions);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`, children, actions);
    case "bot_command":
      return command(words, actions);
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return element("span", { class: "mention" }, children);
    default:
      return element("span", {}, children); // a kind that Telegram may add: the words still show
  }
}

function link(address, children, actions) {
  const url = safeUrl(address);
  if (url === null) return element("span", {}, children);
  const follow = (event) => actions.follow(url, event);
  const on = { click: follow, auxclick: follow };
  return element("a", { href: url, title: url, target: "_blank", rel: "noopener noreferrer", on }, children);
}

function command(words, actions) {
  const tapped = () => actions.command(words);
  return element("button", { type: "button", class: "as-link", dir: "ltr", on: { click: tapped } }, words);
}

function spoiler(children) {
  const words = element("span", { class: "veiled", inert: true }, children);
  const cover = element("span", { class: "spoiler", role: "button", tabindex: "0" }, words);
  cover.setAttribute("aria-label", "Hidden words. Press to show them.");
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (cover.classList.contains("shown")) return;
    event.preventDefault();
    cover.classList.add("shown");
    for (const name of ["role", "aria-label"]) cover.removeAttribute(name);
    cover.tabIndex = -1; // not taken away: the focus would be lost with it
    words.inert = false;
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", reveal);
  return cover;
}
