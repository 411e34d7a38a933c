// Puts the page together: the state of the sandbox goes to the list and the panels, the chosen person's chat to the
// thread, and the visitor's actions to the control API. The page shows what the server answers, and predicts nothing.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { aboutOf, byId, fullName, isolated, ring, setText } from "./elements.js";
import { drawIcons } from "./icons.js";
import { Invitation, wordsOf } from "./invitation.js";
import { Layout } from "./layout.js";
import { Answers, complain, prepareDialogs, viewPicture } from "./overlays.js";
import { People } from "./people.js";
import { TelegramPanel } from "./telegram_panel.js";
import { ThiefPanel } from "./thief_panel.js";
import { Thread } from "./thread.js";

let state = null; // the last answer of /sandbox/state
let chosen = null; // the person as whom the visitor acts
let stopChat = null; // ends the long poll of the chosen person's chat
let answers = new Answers();
let lastMessages = []; // of the chosen person's chat

const finePointer = matchMedia("(pointer: fine)"); // on a touch screen, focus would open the keyboard

drawIcons();
prepareDialogs();
const people = new People((id) => choose(personOf(id)));
const telegram = new TelegramPanel();
const thief = new ThiefPanel();
const invitation = new Invitation({ joined: (person) => choose(person), people: () => state.people });
const thread = new Thread({
  press: (messageId, data) => pressed(messageId, data),
  follow: followed,
  command: (words) => composer.say(words),
  start: () => {
    composer.say("/start");
    focusChat(); // the button is removed next
  },
  view: viewPicture,
});
const composer = new Composer(thread);
const layout = new Layout({ shown });

api.follow(api.STATE, { received: updateState, connected });
byId("somebody-new").addEventListener("click", () => invitation.ask(""));
byId("unblock").addEventListener("click", () => api.block(chosen.id, false).catch(complain));
document.addEventListener("visibilitychange", () => read());

function personOf(id) {
  return state.people.find((person) => person.id === id);
}

function updateState(answer) {
  state = answer;
  if (chosen) {
    const now = personOf(chosen.id);
    if (now) chosen = now;
  }
  const reading = chosen && layout.chatInView && !document.hidden ? chosen.id : null;
  people.update(state.people, reading);
  telegram.update(state);
  telegram.of(chosen);
  thief.update(state);
  showChosen();
  const unread = state.people.reduce((sum, person) => sum + (person.id === reading ? 0 : person.unread), 0);
  document.title = unread ? `(${unread}) ${state.bot.name}: the sandbox` : `${state.bot.name}: the sandbox`;
  document.body.classList.add("ready");
}

/** Chooses this person: shows their chat and sends messages as them. */
function choose(person) {
  if (!person) return;
  if (!chosen || chosen.id !== person.id) {
    if (stopChat) stopChat();
    chosen = person;
    lastMessages = [];
    answers = new Answers();
    people.mark(person.id);
    thread.open(person, state.bot);
    composer.open(person);
    telegram.of(person);
    showChosen();
    stopChat = api.follow(api.chatOf(person.id), { received: updateChat, connected, gone: leave });
  }
  layout.show("chat");
  focusChat();
}

function focusChat() {
  if (finePointer.matches && !byId("composer").hidden) composer.focus();
  else byId("chat-title").focus({ preventScroll: true });
}

/** The person does not exist any more: the sandbox was restarted. */
function leave() {
  chosen = null;
  stopChat = null;
  thread.close();
  people.mark(null);
  telegram.of(null);
  showChosen();
  layout.show("people");
}

function updateChat(answer) {
  thread.bot = state.bot;
  thread.update(answer.messages, answer.description || state.bot.description); // in their language, else in general
  composer.update(answer.commands);
  if (answers.update(answer.toasts)) thread.settle();
  read(answer.messages);
}

/** Reports to the server, once, that the visible messages are read. */
function read(messages = lastMessages) {
  lastMessages = messages;
  if (!chosen || document.hidden || !layout.chatInView) return;
  if (!messages.some((message) => message.by_bot && message.unread)) return;
  api.markRead(chosen.id).catch(complain);
}

async function pressed(messageId, data) {
  try {
    await api.press(chosen.id, messageId, data);
  } catch (trouble) {
    thread.settle();
    complain(trouble);
  }
}

/** A link was pressed: the page handles an invitation to the bot and returns true; the browser opens other links. */
function followed(url, event) {
  const words = wordsOf(url, state.bot.username);
  if (words === null) return false;
  event.preventDefault();
  if (event.type === "click" || event.button === 1) invitation.ask(words);
  return true;
}

/** The head of the chat, and the button in place of the field where the person cannot write. */
function showChosen() {
  byId("intro").hidden = chosen !== null;
  byId("conversation").hidden = chosen === null;
  if (state) for (const place of document.querySelectorAll("[data-bot-name]")) setText(place, state.bot.name);
  if (chosen === null) {
    setText(byId("chat-title"), "Choose who you are");
    setText(byId("chat-about"), "");
    byId("chat-ring").replaceChildren();
    return;
  }
  setText(byId("chat-title"), `You are ${isolated(fullName(chosen))}`);
  setText(byId("chat-about"), aboutOf(chosen) || `talking to ${state.bot.name}`);
  if (byId("chat-ring").dataset.id !== String(chosen.id) || !byId("chat-ring").hasChildNodes()) {
    byId("chat-ring").dataset.id = chosen.id;
    byId("chat-ring").replaceChildren(ring(chosen));
  }
  byId("composer").hidden = chosen.blocked;
  if (byId("blocked-bar").contains(document.activeElement) && !chosen.blocked) focusChat();
  byId("blocked-bar").hidden = !chosen.blocked;
}

function shown(view, left) {
  if (view === "panels") thief.shown();
  if (view === "chat") read();
  if (view === "people" && left === "chat") people.focus();
  if (state) updateState(state);
}

function connected(yes) {
  byId("offline").hidden = yes;
}
