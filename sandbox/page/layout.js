// Which of the three columns is in view: the people, the chat, the panels. A wide screen shows all of them, a phone
// one at a time, where the back button of the phone works, and Escape does the same.

import { byId } from "./elements.js";

const VIEWS = ["people", "chat", "panels"];
const wide = matchMedia("(min-width: 1100px)");
const middling = matchMedia("(min-width: 720px)");

export class Layout {
  /** `shown(view)` is called when a column comes into view. */
  constructor({ shown }) {
    this.shown = shown;
    this.view = "people";
    this.came = null; // the element that had the focus before the panels were opened
    history.replaceState({ view: "people" }, "");
    addEventListener("popstate", (event) => this.#turnTo((event.state && event.state.view) || "people"));
    for (const button of document.querySelectorAll("[data-show]")) {
      button.addEventListener("click", () => this.show(button.dataset.show));
    }
    for (const button of document.querySelectorAll("[data-back]")) {
      button.addEventListener("click", () => this.back());
    }
    document.addEventListener("keydown", (event) => this.#escape(event));
    for (const media of [wide, middling]) media.addEventListener("change", () => this.shown(this.view));
    this.#apply();
  }

  /** True if the chat is visible, so that its messages count as read. */
  get chatInView() {
    return byId("chat").offsetParent !== null;
  }

  get isNarrow() {
    return !middling.matches;
  }

  show(view) {
    if (!VIEWS.includes(view)) throw new Error(`no view ${view}`);
    if (view === this.view) return;
    if (view === "panels") this.came = document.activeElement;
    if (!wide.matches) history.pushState({ view, from: this.view }, "");
    else history.replaceState({ view }, "");
    this.#turnTo(view);
  }

  /** Goes back to the column before: by the browser's history if the column was opened from there. */
  back() {
    const state = history.state;
    if (state && state.from && state.from !== this.view) history.back();
    else this.#turnTo("people");
  }

  #turnTo(view) {
    const left = this.view;
    this.view = view;
    this.#apply();
    this.shown(view, left);
    if (left === "panels" && this.came && this.came.isConnected) this.came.focus();
    else if (view === "panels") byId("panels-title").focus();
  }

  #apply() {
    document.body.dataset.view = this.view;
  }

  #escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || wide.matches) return;
    if (document.querySelector("dialog[open]")) return; // the browser closes it
    if (this.view === "panels" || (this.view === "chat" && this.isNarrow)) this.back();
  }
}
