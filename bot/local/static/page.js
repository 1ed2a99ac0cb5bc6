// What every part of the page shares: who acts here, how the server is asked, how a screen reader is told.

export const me = document.body.dataset.me;
const token = document.body.dataset.token;

/** Nothing came back: the click may or may not have arrived, so trying again must use the same delivery id. */
export class Unreachable extends Error {}

export const UNREACHABLE = "We could not reach Civility. Nothing you typed is lost. Try again in a moment.";

export const byId = (id) => document.getElementById(id);

export const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The elements of a piece of HTML that the server has rendered (and escaped). */
export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Post fields; gives {kind, html, say}. Throws Unreachable when no answer came. */
export async function post(address, fields) {
  const body = new URLSearchParams(fields);
  body.set("token", token);
  let response;
  try {
    response = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    return await response.json();
  } catch {
    throw new Unreachable();
  }
}

/** Fetch a channel's heading and messages; null when it may not be read (any more) or nothing came back. */
export async function fetchRoom(channel) {
  try {
    const address = `/local/channel/${encodeURIComponent(channel)}?as=${encodeURIComponent(me)}`;
    const response = await fetch(address, { credentials: "same-origin" });
    return response.ok ? parsed(await response.text()) : null;
  } catch {
    return null;
  }
}

let speaking = 0;

/** Say something politely to a screen reader. */
export function announce(words) {
  const region = byId("announce");
  region.textContent = "";
  clearTimeout(speaking);
  speaking = setTimeout(() => { region.textContent = words; }, 60);
}

/** Mark buttons as busy without taking the keyboard focus away from them; gives what undoes it. */
export function busy(buttons) {
  const marked = [...buttons];
  for (const button of marked) button.setAttribute("aria-disabled", "true");
  return () => { for (const button of marked) button.removeAttribute("aria-disabled"); };
}

export const isBusy = (button) => button.getAttribute("aria-disabled") === "true";

/** Bring something into view, gently unless the reader asked for no motion. */
export function reveal(element, block = "nearest") {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}
