// "Are you sure?": one dialog for every question with two answers.

import { byId } from "./page.js";

/** Ask; resolves to true for `yes`. Escape is `no`. Focus goes back to where it was. */
export function ask({ title, text, yes, no, danger = false }) {
  const dialog = byId("ask-dialog");
  const before = document.activeElement;
  byId("ask-title").textContent = title;
  byId("ask-text").textContent = text;
  byId("ask-yes").textContent = yes;
  byId("ask-no").textContent = no;
  byId("ask-yes").className = `button ${danger ? "danger" : "primary"}`;
  return new Promise((resolve) => {
    let answer = false;
    const finish = (value) => { answer = value; dialog.close(); };
    byId("ask-yes").onclick = () => finish(true);
    byId("ask-no").onclick = () => finish(false);
    dialog.addEventListener("close", () => {
      if (before?.isConnected) before.focus();
      resolve(answer);
    }, { once: true });
    dialog.showModal();
    byId("ask-no").focus();
  });
}
