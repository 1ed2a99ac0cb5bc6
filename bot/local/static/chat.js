// The local chat: what is pressed, and what is done with the answer.

import { Unreachable, UNREACHABLE, busy, byId, isBusy, newId, post } from "./page.js";
import { ask } from "./ask.js";
import { send, startComposer } from "./composer.js";
import { isOpen, openForm, startForms } from "./forms.js";
import { channel, listen, onlyYou, openRoom, replaceCard, toBottom } from "./room.js";

/** Do what the server answered. `from`: {uid, element} of the pressed card, or of the composer. */
function show(answer, from) {
  const pressed = Boolean(from.uid);
  if (answer.kind === "form" || answer.kind === "errors") {
    openForm(answer.html, from);
  } else if (answer.kind === "replace" && replaceCard(from.uid, answer.html, answer.say)) {
    return;
  } else if (answer.kind === "failed") {
    onlyYou(noticeHtml(answer.say), answer.say, false);
  } else if (answer.html) {
    onlyYou(answer.html, answer.say, pressed);
  }
}

/** A notice the server could not render for us (it was not reached, or did not believe us). */
function noticeHtml(words) {
  const notice = byId("notice-template").content.cloneNode(true);
  notice.querySelector(".text").textContent = words;
  const holder = document.createElement("div");
  holder.append(notice);
  return holder.innerHTML;
}

async function press(button) {
  const card = button.closest(".card");
  if (isBusy(button)) return;
  const { button: id, value, askTitle, askText, askYes, askNo } = button.dataset;
  if (askTitle !== undefined) {
    const danger = button.classList.contains("danger");
    if (!await ask({ title: askTitle, text: askText, yes: askYes, no: askNo, danger })) return;
  }
  button.dataset.delivery ||= newId(); // the same id until an answer has come
  const fields = { button: id, value, uid: card.dataset.uid, channel: channel(), delivery: button.dataset.delivery };
  const from = { uid: card.dataset.uid, element: button };
  const done = busy(card.querySelectorAll("[data-button]"));
  try {
    const answer = await post("/local/press", fields);
    if (answer.kind !== "failed") delete button.dataset.delivery;
    show(answer, from);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    show({ kind: "failed", say: UNREACHABLE }, from);
  } finally {
    done();
  }
}

function dismiss(button) {
  button.closest("[data-only-you]").remove();
  byId("say").focus({ preventScroll: true });
}

const menu = byId("menu-button");

function openMenu(yes) {
  menu.setAttribute("aria-expanded", String(yes));
  byId("side").classList.toggle("open", yes);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-button], [data-dismiss], button[data-command], a.channel, #menu-button");
  const actAs = byId("act-as");
  if (actAs.open && !actAs.contains(event.target)) actAs.open = false;
  if (!target) return;
  if (target.matches("a.channel")) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openMenu(false);
    openRoom(target.dataset.channel);
  } else if (target.dataset.command) {
    openMenu(false);
    if (!isBusy(target)) send(target.dataset.command, [target], (answer) => show(answer, { uid: "", element: target }));
  } else if (target === menu) {
    openMenu(menu.getAttribute("aria-expanded") !== "true");
  } else if ("dismiss" in target.dataset) {
    dismiss(target);
  } else {
    press(target);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || isOpen()) return;
  const actAs = byId("act-as");
  if (actAs.open) {
    actAs.open = false;
    actAs.querySelector("summary").focus();
  } else if (menu.getAttribute("aria-expanded") === "true") {
    openMenu(false);
    menu.focus();
  }
});

addEventListener("popstate", () => {
  const id = new URLSearchParams(location.search).get("channel");
  openRoom(id ?? document.querySelector("a.channel").dataset.channel, { remember: false });
});

startForms(show);
startComposer((answer) => show(answer, { uid: "", element: byId("say") }));
toBottom();
listen();
