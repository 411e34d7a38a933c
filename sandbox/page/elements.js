// Builds the elements of the page.
//
// Text of a person or the bot becomes a text node or the value of a named attribute. Nothing in this folder parses
// HTML, and the page's policy (require-trusted-types-for) makes the browser refuse it.

/**
 * One element. `given` holds attributes by name, and three that are not: `class`, `on` (listeners by event) and `data`
 * (data-* values). An attribute that is null, undefined or false is left out; true stands for an empty value.
 * Children are nodes or strings; strings become text nodes, empty ones are skipped.
 */
export function element(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  const { on = {}, data = {}, ...attributes } = given;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  Object.assign(made.dataset, data);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** The element of index.html with this id; throws if there is none. */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}`);
  return found;
}

/** Sets the text only where it differs, so that a live region is not announced again and a selection stays. */
export function setText(target, words) {
  if (target.textContent !== words) target.textContent = words;
}

/** A person's circle: a ring with the first letter of the name, in one of six colours that stay with the id. */
export function ring(person) {
  const letter = [...(person.first_name || "?")][0].toUpperCase();
  return element("span", { class: `ring hue-${Math.abs(person.id) % 6}`, "aria-hidden": "true" }, letter);
}

export function fullName(person) {
  return person.last_name ? `${person.first_name} ${person.last_name}` : person.first_name;
}

/** The text about a person; a line may break after its middle dots, not before. */
export function aboutOf(person) {
  return (person.about || "").replaceAll(" ·", "\u00a0·");
}

/** A person in a list: circle, name, and the text about them. */
export function card(person) {
  const about = person.about ? element("bdi", { class: "about" }, aboutOf(person)) : null;
  return [ring(person), element("span", { class: "who" }, element("bdi", { class: "name" }, fullName(person)), about)];
}

/** A name inside a sentence of the page's own, so that its direction does not turn the sentence's. */
export function isolated(name) {
  return `\u2068${name}\u2069`;
}

/** "1 hit", "2 hits", "no hits". */
export function counted(number, one, many = `${one}s`) {
  if (number === 0) return `no ${many}`;
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A size in bytes, as text. */
export function size(bytes) {
  if (bytes < 1024) return counted(bytes, "byte");
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
