// What lies over the page for a moment: the toast and the alert of an answered button, and a picture seen large.
//
// All dialogs are native ones: the browser keeps the focus inside, Escape closes them, and the focus goes back.

import { byId, setText } from "./elements.js";

const SHOWN = 4500; // milliseconds that a toast stays
let fading;

/** A short sentence that goes away by itself; screen readers hear it. */
export function toast(words, { trouble = false } = {}) {
  const place = byId("toast");
  clearTimeout(fading);
  place.textContent = words;
  place.dir = "auto";
  place.classList.toggle("trouble", trouble);
  place.classList.add("shown");
  fading = setTimeout(() => {
    place.classList.remove("shown");
    place.textContent = "";
  }, SHOWN + words.length * 30);
}

/** Something the page asked of the sandbox did not work: the reason as a toast. */
export function complain(trouble) {
  const unreachable = trouble instanceof TypeError; // what fetch throws when nobody answers
  const words = unreachable ? "The sandbox does not answer." : trouble.message;
  toast(words.charAt(0).toUpperCase() + words.slice(1), { trouble: true });
}

/** An answer that wants to be closed (answerCallbackQuery with show_alert). */
export function alertOf(words) {
  const dialog = byId("alert");
  setText(byId("alert-words"), words);
  if (!dialog.open) dialog.showModal();
}

/** A picture as large as the screen allows, with a way to keep it. */
export function viewPicture(url, caption) {
  const picture = byId("viewer-picture");
  picture.src = url;
  picture.alt = caption ? `Photo: ${caption}` : "Photo";
  byId("viewer-keep").href = url;
  byId("viewer").showModal();
}

/** Toasts of a chat as the long poll tells them; those that were there when the chat was opened are old news. */
export class Answers {
  constructor() {
    this.seen = new Set();
    this.opened = false;
  }

  /** Shows what is new; true if anything was. */
  heard(toasts) {
    const key = ({ id, revision }) => `${id} ${revision}`;
    const fresh = toasts.filter((answer) => !this.seen.has(key(answer)));
    for (const answer of fresh) this.seen.add(key(answer));
    const wasOpened = this.opened;
    this.opened = true;
    if (!wasOpened) return false;
    for (const { text, alert } of fresh) {
      if (!text) continue;
      if (alert) alertOf(text);
      else toast(text);
    }
    return fresh.length > 0;
  }
}

/** A dialog closes by its buttons with data-close, and by a press beside it. */
export function prepareDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }
  byId("viewer").addEventListener("close", () => byId("viewer-picture").removeAttribute("src"));
}
