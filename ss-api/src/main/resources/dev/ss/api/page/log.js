// A job's log while it is written, by server-sent events. After a lost connection, and when its tab is
// shown again, it goes on after the last event. Only the newest part is kept in the document.

import { readEvents } from './events.js';
import { clock, seconds, whole, words } from './format.js';
import { soon } from './poll.js';
import { element, put } from './table.js';

const MAX_CHARACTERS = 200_000;
const AGAIN_MS = 3_000;

const TOLD = { attempt: began, bytes: wrote, gap: left, progress: progressed, end: ended };

const place = document.getElementById('log');
const status = document.getElementById('log-status');

/** The id of the job whose log is followed; null if none is. */
let followed = null;
/** Ends the connection; null while there is none. */
let connection = null;
let again = null;
let lastId = '';
let about = '';
let decoder = new TextDecoder();
let characters = 0;

/** Begins to follow the log of a job, from its first byte. */
export function followLog(job) {
  forgetLog();
  followed = job.job_id;
  connect();
}

/** Stops following; what has been read stays to be seen. */
export function leaveLog() {
  followed = null;
  disconnect();
}

/** Stops following, and shows nothing. */
export function forgetLog() {
  leaveLog();
  lastId = '';
  about = 'Waiting for the log.';
  characters = 0;
  place.replaceChildren();
  place.classList.remove('cut');
  put(status, 'Not followed.');
}

/** A browser has few connections to one host for all its tabs: those that nobody sees need none. */
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    disconnect();
  } else if (followed !== null && connection === null && again === null) {
    connect();
  }
});

async function connect() {
  again = null;
  if (document.hidden) {
    return;
  }
  const mine = new AbortController();
  connection = mine;
  try {
    await readEvents(`v1/jobs/${followed}/log?follow=true`, lastId, {
      signal: mine.signal,
      opened,
      told: (event) => connection === mine && take(event),
    });
  } catch {
    // As if it had ended.
  }
  if (connection === mine) {
    connection = null;
    put(status, 'The connection was lost; asking again.');
    again = setTimeout(connect, AGAIN_MS);
  }
}

function disconnect() {
  clearTimeout(again);
  again = null;
  connection?.abort();
  connection = null;
}

/** The API answers: what the view knows of the job may be old. */
function opened() {
  put(status, about);
  soon();
}

function take({ id, name, data }) {
  lastId = id ?? lastId;
  TOLD[name]?.(data);
}

function progressed({ progress, message }) {
  const detail = { progress, progress_message: message };
  document.dispatchEvent(new CustomEvent('progress-told', { detail }));
}

function began({ attempt, worker_id: worker, started_at: started }) {
  about = `Followed live: attempt ${attempt}.`;
  put(status, about);
  decoder = new TextDecoder();
  write(`— attempt ${attempt} on ${worker}, ${clock(seconds(started))} —\n`, 'mark');
  soon();
}

function wrote({ base64 }) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  write(decoder.decode(bytes, { stream: true }));
}

function left({ from, to }) {
  write(`— ${whole(to - from)} bytes were not kept —\n`, 'mark');
}

function ended({ state }) {
  leaveLog();
  put(status, `That was all: the job is ${words(state)}.`);
  soon();
}

function write(text, name = '') {
  const isAtEnd = place.scrollTop + place.clientHeight >= place.scrollHeight - 4;
  place.append(name === '' ? text : element('b', { text, class: name }));
  characters += text.length;
  while (characters > MAX_CHARACTERS && place.childNodes.length > 1) {
    characters -= place.firstChild.textContent.length;
    place.firstChild.remove();
    place.classList.add('cut');
  }
  if (isAtEnd) {
    place.scrollTop = place.scrollHeight;
  }
}
