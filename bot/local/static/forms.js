// Forms in a dialog. Nothing typed is lost: not to an error, not to the network, not to a slip of the Escape key.

import { Unreachable, UNREACHABLE, busy, byId, isBusy, parsed, post } from "./page.js";
import { ask } from "./ask.js";
import { channel } from "./room.js";

const dialog = byId("form-dialog");
let opener = null; // {uid, element}: where the form was opened, and where the focus returns to
let dirty = false;

export const isOpen = () => dialog.open;

/** Show a page of a form. `from` is the pressed card's id ("" for a command) and the element to return to. */
export function openForm(html, from) {
  opener = from;
  dirty = false;
  fill(html);
  if (!dialog.open) dialog.showModal();
  byId("form-title").focus();
}

function fill(html) {
  dialog.replaceChildren(parsed(html));
  dialog.querySelector(".form-body").scrollTop = 0;
  for (const area of dialog.querySelectorAll("[data-limit]")) count(area);
}

let pause = 0;

/** Show how many characters are left; say it too once the typing pauses. */
function count(area) {
  const left = Number(area.dataset.limit) - [...area.value].length;
  const line = byId(`${area.id}-limit`).querySelector(".left");
  const words = Math.abs(left).toLocaleString("en-GB");
  line.textContent = left < 0 ? `${words} too many.` : `${words} left.`;
  line.classList.toggle("over", left < 0);
  clearTimeout(pause);
  if (document.activeElement === area) {
    const spoken = line.nextElementSibling;
    pause = setTimeout(() => { spoken.textContent = `${words} characters ${left < 0 ? "too many" : "left"}.`; }, 1000);
  }
}

/** A day or time the browser cannot read would be posted as nothing: say so here, and keep what is typed. */
function unreadable() {
  return [...dialog.querySelectorAll("input[type=date], input[type=time]")].filter((one) => one.validity.badInput);
}

function pointOut(input) {
  const id = `${input.id}-error`;
  const field = input.closest(".field");
  let line = byId(id);
  if (!line) {
    line = parsed(`<p class="error"><span class="vh">Error: </span><span></span></p>`).firstElementChild;
    line.id = id;
    input.before(line);
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  line.lastElementChild.textContent = input.type === "date"
    ? "This is not a whole date. Give the day, the month and the year."
    : "This is not a whole time. Give the hours and the minutes.";
  input.setAttribute("aria-invalid", "true");
  field.classList.add("wrong");
}

async function submit(step, show) {
  const form = dialog.querySelector("form");
  const buttons = dialog.querySelectorAll("[data-step], [data-close]");
  if ([...buttons].some(isBusy)) return;
  const bad = step === "submit" ? unreadable() : [];
  if (bad.length) {
    bad.forEach(pointOut);
    bad[0].focus();
    return;
  }
  const fields = new URLSearchParams(new FormData(form));
  fields.set("step", step);
  fields.set("channel", channel());
  fields.set("uid", opener.uid);
  failure("");
  const done = busy(buttons);
  try {
    arrived(await post("/local/form", fields), show);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    failure(UNREACHABLE);
  } finally {
    done();
  }
}

function arrived(answer, show) {
  if (answer.kind === "form" || answer.kind === "errors") {
    fill(answer.html);
    if (answer.kind === "form") dirty = true; // earlier pages hold what was typed
    (byId("form-errors") ?? byId("form-title")).focus();
  } else if (answer.kind === "failed" || answer.kind === "refuse") {
    failure(answer.say); // the form stays: what was typed is not lost to a refusal
  } else {
    const from = opener;
    close();
    show(answer, from);
  }
}

function failure(words) {
  const line = byId("form-failure");
  line.hidden = !words;
  line.textContent = words;
}

function close() {
  dirty = false;
  dialog.close();
  dialog.replaceChildren();
  const { uid, element } = opener;
  // What opened the form may be gone, replaced by a newer card, or folded away in the menu.
  const back = [element, uid && byId(uid)].find((one) => one?.checkVisibility()) ?? byId("say");
  back.focus({ preventScroll: true });
}

async function leave() {
  const buttons = dialog.querySelectorAll("[data-step]");
  if ([...buttons].some(isBusy)) return;
  const thrownAway = !dirty || await ask({
    title: "Throw away what you typed?",
    text: "You have not sent this form yet.",
    yes: "Throw away",
    no: "Keep typing",
    danger: true,
  });
  if (thrownAway) close();
}

export function startForms(show) {
  dialog.addEventListener("input", (event) => {
    dirty = true;
    if (event.target.dataset.limit) count(event.target);
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    submit("submit", show);
  });
  dialog.addEventListener("click", (event) => {
    const target = event.target.closest("[data-close], [data-step=back], .errors a");
    if (!target) return;
    if (target.matches(".errors a")) {
      event.preventDefault();
      byId(target.hash.slice(1))?.focus();
    } else if (target.dataset.step) {
      submit("back", show);
    } else {
      leave();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    }
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (event.target === dialog) leave();
  });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
