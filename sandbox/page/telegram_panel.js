// The panel "Telegram": the clock that the bot and Telegram share, the faults on Telegram's side, and what the chosen
// person can do to the chat on their phone. Sentences of index.html explain each.

import * as api from "./api.js";
import { byId, counted, isolated, setText } from "./elements.js";
import { complain, toast } from "./overlays.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const LOCAL = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export class TelegramPanel {
  constructor() {
    this.person = null;
    this.offset = null; // milliseconds by which the sandbox is ahead of this machine
    this.faults = {};
    this.#clock();
    this.#faults();
    this.#person();
    setInterval(() => this.#tick(), 1000);
  }

  /** Shows the state from the long poll. */
  update({ now, faults, can }) {
    this.offset = new Date(now).getTime() - Date.now();
    this.faults = faults || {};
    byId("clock-next").disabled = !(can && can.next_due);
    this.#tick();
    this.#showFaults();
  }

  /** Shows the chosen person, or none for null. */
  of(person) {
    this.person = person;
    byId("person-acts").hidden = person === null;
    if (person === null) return;
    const { blocked } = person;
    const name = isolated(person.first_name);
    setText(byId("fault-block-words"), blocked ? `${name} unblocks the bot` : `${name} blocks the bot`);
    byId("fault-block").setAttribute("aria-pressed", String(Boolean(blocked)));
    setText(byId("clear-chat"), `${name} clears the chat`);
    setText(byId("person-acts-of"), person.first_name);
  }

  #clock() {
    const moves = { "clock-next": { to: "next" }, "clock-hour": { seconds: HOUR }, "clock-day": { seconds: DAY } };
    for (const [id, by] of Object.entries(moves)) {
      byId(id).addEventListener("click", async () => {
        try {
          const { now } = await api.moveClock(by);
          this.offset = new Date(now).getTime() - Date.now();
          this.#tick();
          toast(`It is now ${LOCAL.format(new Date(now))}.`);
        } catch (trouble) {
          if (trouble.status === 409) toast("Nothing is due: there is no digest to wait for.");
          else complain(trouble);
        }
      });
    }
  }

  #tick() {
    if (this.offset === null) return;
    const now = new Date(Date.now() + this.offset);
    setText(byId("clock-now"), LOCAL.format(now));
    byId("clock-now").dateTime = now.toISOString();
    const utc = now.toISOString().slice(11, 16);
    setText(byId("clock-zone"), HERE === "UTC" ? "UTC" : `${HERE} · ${utc} UTC`);
  }

  #faults() {
    const change = (id, wanted) => byId(id).addEventListener("click", () => this.#set(wanted()));
    byId("fault-latency").addEventListener("change", (event) => {
      this.#set({ latency_ms: Number(event.target.value) });
    });
    byId("fault-status").addEventListener("change", () => this.#showWait());
    change("fault-refuse", () => this.#refusal());
    change("fault-lose", () => ({ lose_answers: (this.faults.lose_answers || 0) + 1 }));
    change("fault-repeat", () => ({ repeat_updates: (this.faults.repeat_updates || 0) + 1 }));
    change("faults-off", () => ({ latency_ms: 0, refuse: null, lose_answers: 0, repeat_updates: 0 }));
    this.#showWait();
  }

  #refusal() {
    const status = Number(byId("fault-status").value);
    const times = whole("fault-times");
    return { refuse: status === 429 ? { status, times, retry_after: whole("fault-wait") } : { status, times } };
  }

  #showWait() {
    byId("fault-wait-field").hidden = byId("fault-status").value !== "429";
  }

  async #set(wanted) {
    try {
      this.faults = await api.setFaults(wanted);
      this.#showFaults();
    } catch (trouble) {
      complain(trouble);
    }
  }

  #showFaults() {
    const { latency_ms: latency = 0, refuse, lose_answers: lost = 0, repeat_updates: repeated = 0 } = this.faults;
    const refused = refuse ? refuse.times : 0;
    byId("fault-latency").value = String(latency);
    setText(byId("fault-refuse-now"), refused ? `refuses ${counted(refused, "more call")}` : "");
    setText(byId("fault-lose-now"), lost ? `will lose ${counted(lost, "answer")}` : "");
    setText(byId("fault-repeat-now"), repeated ? `will repeat ${counted(repeated, "update")}` : "");
    const any = latency + refused + lost + repeated > 0;
    byId("trouble-mark").hidden = !any;
    byId("faults-off").disabled = !any && document.activeElement !== byId("faults-off");
  }

  #person() {
    byId("fault-block").addEventListener("click", async () => {
      if (!this.person) return;
      try {
        this.of(await api.block(this.person.id, !this.person.blocked));
      } catch (trouble) {
        complain(trouble);
      }
    });
    byId("clear-chat").addEventListener("click", async () => {
      if (!this.person) return;
      try {
        await api.clearChat(this.person.id);
        toast(`The chat is empty on the phone of ${isolated(this.person.first_name)}.`);
      } catch (trouble) {
        complain(trouble);
      }
    });
  }
}

/** The integer in a number field, within the field's limits. */
function whole(id) {
  const field = byId(id);
  const value = Math.round(Number(field.value)) || Number(field.min);
  const kept = Math.min(Math.max(value, Number(field.min)), Number(field.max));
  field.value = String(kept);
  return kept;
}
