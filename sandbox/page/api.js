// The control API of the sandbox server, as this page uses it: calls, and long polls.
//
// Every path is relative to the server that served the page; no other host is called.

const WAIT = 25; // seconds that one long poll may last: the most the server allows

/** The server refused a call. `status` is the HTTP status, `message` the reason that the server gave, if any. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body, signal) {
  const request = { method, signal, headers: {}, cache: "no-store" };
  if (body instanceof FormData) {
    request.body = body;
  } else if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  const response = await fetch(path, request);
  const text = await response.text();
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  const answer = isJson && text ? JSON.parse(text) : {};
  if (!response.ok) {
    const why = answer.error || answer.description || `The sandbox answered ${response.status}.`;
    throw new Refused(response.status, String(why));
  }
  return answer;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Long-polls `path` until the returned function is called. `received(answer)` is called with each answer,
 * `connected(yes)` with whether the server answers, `gone()` once, at the end, when the server does not know the path any
 * more. After an error it starts from revision 0, because the server may have been restarted meanwhile.
 */
export function follow(path, { received, connected, gone }) {
  const stop = new AbortController();
  const run = async () => {
    let after = 0;
    let wait = 0; // the first request does not wait for a change
    let delay = 400;
    while (!stop.signal.aborted) {
      let answer;
      try {
        answer = await call("GET", `${path}?after=${after}&wait=${wait}`, undefined, stop.signal);
      } catch (trouble) {
        if (stop.signal.aborted) return;
        if (trouble instanceof Refused && trouble.status === 404) {
          if (gone) gone();
          return;
        }
        connected(false);
        after = 0;
        wait = 0;
        await pause(delay);
        delay = Math.min(delay * 2, 5000);
        continue;
      }
      if (stop.signal.aborted) return;
      delay = 400;
      wait = WAIT;
      after = answer.revision;
      connected(true);
      try {
        received(answer);
      } catch (mistake) {
        reportError(mistake); // in the console; the long poll continues
      }
    }
  };
  run();
  return () => stop.abort();
}

const chatPath = (person) => `/sandbox/people/${person}`;

export const STATE = "/sandbox/state";
export const chatOf = (person) => `${chatPath(person)}/chat`;
export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

export const addPerson = (person) => call("POST", "/sandbox/people", person);
export const say = (person, text) => call("POST", `${chatPath(person)}/messages`, { text });
export const sendKind = (person, kind, fields) => call("POST", `${chatPath(person)}/messages`, { kind, ...fields });
export const edit = (person, messageId, text) =>
  call("POST", `${chatPath(person)}/edits`, { message_id: messageId, text });
export const press = (person, messageId, data) =>
  call("POST", `${chatPath(person)}/presses`, { message_id: messageId, data });
export const markRead = (person) => call("POST", `${chatPath(person)}/reads`, {});
export const block = (person, blocked) => call("POST", `${chatPath(person)}/block`, { blocked });
export const clearChat = (person) => call("DELETE", chatOf(person));
export const moveClock = (by) => call("POST", "/sandbox/clock", by);
export const setFaults = (faults) => call("PUT", "/sandbox/faults", faults);
export const disk = () => call("GET", "/sandbox/disk");
export const searchDisk = (words, signal) =>
  call("GET", `/sandbox/disk/search?words=${encodeURIComponent(words)}`, undefined, signal);

/** Sends a File as `field` ("photo" or "document") with a caption. */
export function sendFile(person, field, file, caption) {
  const form = new FormData();
  form.append(field, file, file.name);
  form.append("caption", caption);
  return call("POST", `${chatPath(person)}/messages`, form);
}
