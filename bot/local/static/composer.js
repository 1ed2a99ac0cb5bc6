// The line at the bottom: typing "/" offers the commands (an ARIA combobox), Enter sends.

import { Unreachable, UNREACHABLE, announce, busy, byId, isBusy, newId, post } from "./page.js";
import { channel } from "./room.js";

const input = byId("say");
const list = byId("offers");
const offers = [...list.children];
let active = null;
let unsent = null; // a command that got no answer: sent again, it keeps its delivery id

// Words in capitals stand for what the colleague adds: "/incident check WORDS" is put in as "/incident check ".
const typedPart = (command) => {
  const words = command.split(" ");
  const fixed = words.filter((word) => word !== word.toUpperCase() || !/[A-Z]/.test(word));
  return fixed.join(" ") + (fixed.length < words.length ? " " : "");
};

function choose(offer) {
  active?.setAttribute("aria-selected", "false");
  active = offer;
  if (offer) {
    offer.setAttribute("aria-selected", "true");
    offer.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", offer.id);
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function close() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  choose(null);
}

const visible = () => offers.filter((offer) => !offer.hidden);

function offer() {
  const typed = input.value.toLowerCase();
  for (const one of offers) one.hidden = !typed.startsWith("/") || !typedPart(one.dataset.command).startsWith(typed);
  const found = visible();
  if (!found.length) {
    close();
    return;
  }
  if (list.hidden) announce(`${found.length} commands. Use the arrow keys to choose.`);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(null);
}

function accept(one) {
  input.value = typedPart(one.dataset.command);
  close();
  input.focus();
}

function move(by) {
  const found = visible();
  const at = active ? found.indexOf(active) + by : by > 0 ? 0 : found.length - 1;
  choose(found[(at + found.length) % found.length]);
}

function onKey(event) {
  if (event.isComposing) return;
  const open = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!open) offer();
    if (list.hidden) return;
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if ((event.key === "Enter" || event.key === "Tab") && open && active) {
    accept(active);
  } else if (event.key === "Escape" && open) {
    close();
  } else {
    return;
  }
  event.preventDefault();
}

/** Send a command; `show` is given what came back. */
export async function send(text, buttons, show) {
  if (unsent?.text !== text || unsent.channel !== channel()) unsent = { text, channel: channel(), delivery: newId() };
  const done = busy(buttons);
  try {
    const answer = await post("/local/command", unsent);
    unsent = null;
    show(answer);
    return true;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    show({ kind: "failed", say: UNREACHABLE });
    return false;
  } finally {
    done();
  }
}

export function startComposer(show) {
  const form = byId("composer");
  const button = form.querySelector("button");
  input.addEventListener("input", offer);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    const one = event.target.closest("[role=option]");
    event.preventDefault(); // the line keeps the focus
    if (one) accept(one);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || isBusy(button)) return;
    close();
    const sent = await send(text, [button], (answer) => {
      if (answer.kind !== "failed" && text.startsWith("/")) input.value = "";
      show(answer);
    });
    if (!sent) input.value = text;
  });
}
