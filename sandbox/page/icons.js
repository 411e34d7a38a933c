// The page's icons, each a path on a field of 24 by 24; base.css styles the line.

const SVG = "http://www.w3.org/2000/svg";
const LINES = {
  add: "M12 5v14M5 12h14",
  attach: "M19 11.5l-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l7.8-7.8a3.1 3.1 0 0 1 4.4 4.4l-7.6 7.6a1.5 1.5 0 0 1-2.2-2.2l6.8-6.8",
  away: "M8 16L17 7M10 7h7v7",
  back: "M15 5l-7 7 7 7",
  blocked: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M6.5 6.5l11 11",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M8.5 9a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M5.5 19.5c.8-3.5 3.3-5 6.5-5s5.7 1.5 6.5 5",
  document: "M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 16h5",
  down: "M6 10l6 6 6-6",
  menu: "M5 7h14M5 12h14M5 17h9",
  panels: "M4 7h9M19 7h1M4 17h1M11 17h9M13.5 7a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M5.5 17a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
  photo: "M4 5h16v14H4zM7.5 10a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M5 17l5-4 3 2.5 3-3 4 4",
  place: "M12 20.5c4-4.5 6-7.5 6-10.5a6 6 0 0 0-12 0c0 3 2 6 6 10.5zM10 10a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  send: "M12 19V5M6 11l6-6 6 6",
  shield: "M12 3.5l7 2.6v5.4c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6.1zM9 11.8l2.2 2.2 4-4.2",
  silent: "M7 16.5V11a5 5 0 0 1 8.3-3.7M17 12v4.5M5 16.5h14M10.5 19.5h3M4 4l16 16",
  sticker: "M19.5 12.5A7.8 7.8 0 1 1 11.5 4.5c0 5 3 8 8 8zM11.5 4.5l8 8",
  video: "M3.5 6.5h12v11h-12zM15.5 11l5-3v8l-5-3",
  voice: "M9 7a3 3 0 0 1 6 0v4a3 3 0 0 1-6 0zM6 11.5a6 6 0 0 0 12 0M12 17.5V20.5",
};

/** An icon; without a title it is hidden from screen readers. */
export function icon(name, title = "") {
  const drawing = drawn("svg", { class: "icon", viewBox: "0 0 24 24" });
  if (title) {
    drawing.setAttribute("role", "img");
    drawing.append(drawn("title", {}, title));
  } else {
    drawing.setAttribute("aria-hidden", "true");
  }
  drawing.append(drawn("path", { d: LINES[name] }));
  return drawing;
}

/** Adds the icon to every element with data-icon. */
export function drawIcons() {
  for (const place of document.querySelectorAll("[data-icon]")) place.prepend(icon(place.dataset.icon));
}

function drawn(tag, attributes, words = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = words;
  return made;
}
