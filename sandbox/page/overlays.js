// Overlays of the page: the toast and the alert of an answered button, and a picture in full size.
//
// All dialogs are native: the browser keeps the focus inside, Escape closes them, and the focus goes back.

import { byId, setText } from "./elements.js";

const SHOWN = 4500; // milliseconds that a toast stays
let fading;

/** Shows a short text for a moment; screen readers announce it. */
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

/** Shows why a call of the sandbox failed, as a toast. */
export function complain(trouble) {
  const unreachable = trouble instanceof TypeError; // thrown by fetch without a response
  const words = unreachable ? "The sandbox does not answer." : trouble.message;
  toast(words.charAt(0).toUpperCase() + words.slice(1), { trouble: true });
}

/** A text that has to be closed (answerCallbackQuery with show_alert). */
export function alertOf(words) {
  const dialog = byId("alert");
  setText(byId("alert-words"), words);
  if (!dialog.open) dialog.showModal();
}

/** A picture as large as the screen allows, with a link to download it. */
export function viewPicture(url, caption) {
  const picture = byId("viewer-picture");
  picture.src = url;
  picture.alt = caption ? `Photo: ${caption}` : "Photo";
  byId("viewer-keep").href = url;
  byId("viewer").showModal();
}

/** Toasts of a chat from the long poll; those that exist when the chat is opened are not shown. */
export class Answers {
  constructor() {
    this.seen = new Set();
    this.opened = false;
  }

  /** Shows new toasts; true if there are any. */
  update(toasts) {
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

/** Closes a dialog by its buttons with data-close, and by a press outside of it. */
export function prepareDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }
  byId("viewer").addEventListener("close", () => byId("viewer-picture").removeAttribute("src"));
}
