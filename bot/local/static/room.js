// The open room: its messages, "only you" answers, unread marks, and the live stream that keeps them true.

import { announce, byId, fetchRoom, me, parsed, reveal } from "./page.js";

let open = document.body.dataset.channel;
const standing = new Map(); // channel → ids of its messages, oldest first
const aside = new Map(); // channel → "only you" answers, kept while another room is open
const seenKey = `civility-seen-${me}`;
const seen = new Map(Object.entries(remembered()));

export const channel = () => open;
const stream = () => byId("stream");
const linkOf = (id) => document.querySelector(`a.channel[data-channel="${CSS.escape(id)}"]`);
const nameOf = (id) => linkOf(id)?.querySelector(".channel-name").textContent ?? "a channel";

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(seenKey)) ?? {};
  } catch {
    return {};
  }
}

// --- unread marks ---------------------------------------------------------------------------------

function unread(id) {
  const ids = standing.get(id) ?? [];
  return ids.length - 1 - ids.indexOf(seen.get(id));
}

function markSeen() {
  const last = standing.get(open)?.at(-1);
  if (last && !document.hidden) {
    seen.set(open, last);
    try {
      localStorage.setItem(seenKey, JSON.stringify(Object.fromEntries(seen)));
    } catch { /* a browser that keeps nothing: the marks last as long as the page */ }
  }
  showUnread();
}

function fillBadge(badge, count) {
  badge.hidden = count === 0;
  badge.replaceChildren(String(count), parsed('<span class="vh"> unread</span>'));
}

function showUnread() {
  let all = 0;
  for (const link of document.querySelectorAll("a.channel")) {
    const count = unread(link.dataset.channel);
    fillBadge(link.querySelector(".badge"), count);
    link.classList.toggle("unread", count > 0);
    all += count;
  }
  fillBadge(byId("unread-all"), all);
  document.title = `${all ? `(${all}) ` : ""}${nameOf(open)} · Civility`;
}

// --- messages -------------------------------------------------------------------------------------

const atBottom = () => {
  const box = byId("messages");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 120;
};

export function toBottom() {
  const box = byId("messages");
  box.scrollTop = box.scrollHeight;
}

/** Where the keyboard stood in an element that is about to be swapped, and how to stand there again. */
function keepFocus(element) {
  const active = document.activeElement;
  if (!element.contains(active)) return () => {};
  const { button, value } = active.dataset;
  return (fresh) => {
    const same = button && [...fresh.querySelectorAll("[data-button]")].find(
      (one) => one.dataset.button === button && one.dataset.value === value);
    (same || fresh.querySelector(".card") || fresh).focus({ preventScroll: true });
  };
}

function append(item) {
  const list = stream();
  const last = [...list.querySelectorAll("[data-day]")].at(-1);
  if (item.dataset.day && last?.dataset.day !== item.dataset.day) {
    const day = parsed('<li class="day"><span></span></li>');
    day.querySelector("span").textContent = item.dataset.dayWords;
    list.append(day);
  }
  list.append(item);
  byId("empty").hidden = true;
}

/** A message arrived or changed. */
function place(news) {
  const ids = standing.get(news.channel) ?? standing.set(news.channel, []).get(news.channel);
  const isNew = !ids.includes(news.id);
  if (isNew) ids.push(news.id);
  if (news.channel === open) {
    const old = stream().querySelector(`[data-id="${CSS.escape(news.id)}"]`);
    const fresh = parsed(news.html).firstElementChild;
    if (old && Number(old.dataset.changes) > news.changes) return; // an older word that came late
    const follow = atBottom();
    if (old) {
      const restore = keepFocus(old);
      old.replaceWith(fresh);
      restore(fresh);
    } else {
      append(fresh);
    }
    if (follow) toBottom();
  }
  if (isNew) announce(`New message in ${nameOf(news.channel)}: ${news.title}`);
  markSeen();
}

/** Show an answer that only the asker sees; `focus` moves the keyboard there. */
export function onlyYou(html, say, focus) {
  const item = parsed(html).firstElementChild;
  append(item);
  reveal(item, item.offsetHeight > byId("messages").clientHeight ? "start" : "nearest");
  if (item.querySelector("[role=alert]")) return;
  if (focus) item.querySelector(".card").focus({ preventScroll: true });
  else announce(`Only you can see this: ${say}`);
}

/** Swap the pressed card at once; a stored one is swapped again when the stream brings its new state. */
export function replaceCard(uid, html, say) {
  const old = byId(uid);
  if (!old) return false;
  const fresh = parsed(html).firstElementChild;
  old.replaceWith(fresh);
  fresh.focus({ preventScroll: true });
  announce(say);
  return true;
}

// --- rooms ----------------------------------------------------------------------------------------

/** Put a fetched room in place of the one shown, keeping this room's "only you" answers. */
function show(id, content) {
  const held = id === open ? [...stream().querySelectorAll("[data-only-you]")] : aside.get(id) ?? [];
  if (id !== open) aside.set(open, [...stream().querySelectorAll("[data-only-you]")]);
  open = id;
  byId("room").replaceChildren(content);
  for (const item of held) append(item);
  for (const link of document.querySelectorAll("a.channel")) {
    if (link.dataset.channel === id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.querySelector("#act-as input[name=channel]").value = id;
  toBottom();
  markSeen();
}

/** Open a room; falls back on loading the page. */
export async function openRoom(id, { remember = true } = {}) {
  const content = await fetchRoom(id);
  if (!content) {
    location.assign(`/?channel=${encodeURIComponent(id)}`);
    return;
  }
  show(id, content);
  if (remember) history.pushState({ channel: id }, "", `/?channel=${encodeURIComponent(id)}`);
  byId("room-title").focus({ preventScroll: true });
}

// --- the live stream ------------------------------------------------------------------------------

/** What stands on the server now: if this room differs, something was missed, and it is fetched again. */
async function catchUp(channels) {
  const here = [...stream().querySelectorAll("[data-id]")].map((one) => [one.dataset.id, one.dataset.changes]);
  for (const [id, messages] of Object.entries(channels)) standing.set(id, messages.map(([one]) => one));
  if (!(open in channels)) {
    location.assign("/"); // this colleague may no longer read here
    return;
  }
  if (String(here) !== String(channels[open])) {
    const asked = open;
    const content = await fetchRoom(asked);
    if (content && asked === open) {
      const follow = atBottom();
      const top = byId("messages").scrollTop;
      show(asked, content);
      if (!follow) byId("messages").scrollTop = top;
    }
  }
  markSeen();
}

function connection(words, reload = false) {
  const line = byId("connection");
  line.hidden = !words;
  line.textContent = words;
  if (reload) {
    const link = document.createElement("a");
    link.href = "/";
    link.textContent = "Load it again";
    line.append(" ", link);
  }
}

export function listen() {
  const source = new EventSource(`/local/events?as=${encodeURIComponent(me)}`);
  let late = 0;
  source.addEventListener("hello", (event) => {
    clearTimeout(late);
    connection("");
    document.body.dataset.live = "yes";
    catchUp(JSON.parse(event.data).channels);
  });
  source.addEventListener("message", (event) => place(JSON.parse(event.data)));
  source.addEventListener("switched", () => {
    source.close();
    clearTimeout(late);
    connection("This page is out of date, perhaps because another tab acts as somebody else.", true);
  });
  source.addEventListener("error", () => {
    delete document.body.dataset.live;
    clearTimeout(late);
    late = setTimeout(() => connection("Not connected. Trying again…"), 3000);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.addEventListener("visibilitychange", markSeen);
