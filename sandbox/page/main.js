// Puts the page together: the state of the sandbox goes to the list and the panels, the chosen person's chat to the
// thread, and what the visitor does goes to the control API. Everything shown is the server's; nothing is guessed here.

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

let state = null; // the newest answer of /sandbox/state
let chosen = null; // the person whom the visitor is
let stopChat = null; // ends the long poll of the chosen person's chat
let answers = new Answers();
let lastMessages = []; // of the chosen person's chat

const finePointer = matchMedia("(pointer: fine)"); // a touch screen's keyboard should not jump up unasked

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
    focusChat(); // the button is about to go away
  },
  view: viewPicture,
});
const composer = new Composer(thread);
const layout = new Layout({ shown });

api.follow(api.STATE, { heard: heardState, connected });
byId("somebody-new").addEventListener("click", () => invitation.ask(""));
byId("unblock").addEventListener("click", () => api.block(chosen.id, false).catch(complain));
document.addEventListener("visibilitychange", () => read());

function personOf(id) {
  return state.people.find((person) => person.id === id);
}

function heardState(answer) {
  state = answer;
  if (chosen) {
    const now = personOf(chosen.id);
    if (now) chosen = now;
  }
  const reading = chosen && layout.chatInView && !document.hidden ? chosen.id : null;
  people.heard(state.people, reading);
  telegram.heard(state);
  telegram.of(chosen);
  thief.heard(state);
  showChosen();
  const unread = state.people.reduce((sum, person) => sum + (person.id === reading ? 0 : person.unread), 0);
  document.title = unread ? `(${unread}) ${state.bot.name}: the sandbox` : `${state.bot.name}: the sandbox`;
  document.body.classList.add("ready");
}

/** Becomes this person: their chat is shown, the field writes in their name. */
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
    stopChat = api.follow(api.chatOf(person.id), { heard: heardChat, connected, gone: leave });
  }
  layout.show("chat");
  focusChat();
}

function focusChat() {
  if (finePointer.matches && !byId("composer").hidden) composer.focus();
  else byId("chat-title").focus({ preventScroll: true });
}

/** The person is no longer there: the sandbox was started anew. */
function leave() {
  chosen = null;
  stopChat = null;
  thread.close();
  people.mark(null);
  telegram.of(null);
  showChosen();
  layout.show("people");
}

function heardChat(answer) {
  thread.bot = state.bot;
  thread.heard(answer.messages, answer.description || state.bot.description); // the person's own language first
  composer.heard(answer.commands);
  if (answers.heard(answer.toasts)) thread.settle();
  read(answer.messages);
}

/** What is in view has been read; the server is told once. */
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

/** A link was pressed: an invitation to the bot stays in the page, anything else is the browser's. True if it stayed. */
function followed(url, event) {
  const words = wordsOf(url, state.bot.username);
  if (words === null) return false;
  event.preventDefault();
  if (event.type === "click" || event.button === 1) invitation.ask(words);
  return true;
}

/** The head of the chat, and what stands in place of the field where the person cannot write. */
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
  if (state) heardState(state);
}

function connected(yes) {
  byId("offline").hidden = yes;
}
