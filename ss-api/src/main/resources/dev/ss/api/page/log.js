// A job's log while it is written, by server-sent events. The browser asks again from the last event
// if the connection is lost. Only the newest part is kept in the document.

import { at } from './api.js';
import { clock, seconds, whole, words } from './format.js';
import { soon } from './poll.js';
import { element, put } from './table.js';

const MAX_CHARACTERS = 200_000;
const AGAIN_MS = 3_000;

const place = document.getElementById('log');
const status = document.getElementById('log-status');

let source = null;
let again = null;
let position = null;
let decoder = new TextDecoder();
let characters = 0;

/** Begins to follow the log of a job, from its first byte. */
export function followLog(job) {
  forgetLog();
  open(job.job_id);
}

/** Stops following; what has been read stays to be seen. */
export function leaveLog() {
  clearTimeout(again);
  source?.close();
  source = null;
}

/** Stops following, and shows nothing. */
export function forgetLog() {
  leaveLog();
  position = { run: 0, offset: 0 };
  characters = 0;
  place.replaceChildren();
  place.classList.remove('cut');
  put(status, 'Not followed.');
}

function open(id) {
  source = new EventSource(at(`v1/jobs/${id}/log?follow=true`));
  put(status, 'Waiting for the log.');
  listen('attempt', began);
  listen('bytes', wrote);
  listen('gap', left);
  listen('progress', (detail) => document.dispatchEvent(new CustomEvent('progress-told', { detail: told(detail) })));
  listen('end', ended);
  source.onerror = () => lost(id);
}

function listen(name, act) {
  source.addEventListener(name, ({ data }) => act(JSON.parse(data)));
}

function told({ progress, message }) {
  return { progress, progress_message: message };
}

function began({ run, attempt, worker_id: worker, started_at: started }) {
  put(status, `Followed live: attempt ${attempt}.`);
  if (run <= position.run) {
    return;
  }
  position = { run, offset: 0 };
  decoder = new TextDecoder();
  write(`— attempt ${attempt} on ${worker}, ${clock(seconds(started))} —\n`, 'mark');
  soon();
}

/** After a lost connection the same bytes may come again. */
function wrote({ run, offset, base64 }) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (run < position.run) {
    return;
  }
  const known = run === position.run ? Math.max(0, position.offset - offset) : 0;
  position = { run, offset: Math.max(offset + bytes.length, run === position.run ? position.offset : 0) };
  if (known < bytes.length) {
    write(decoder.decode(bytes.subarray(known), { stream: true }));
  }
}

function left({ run, from, to }) {
  if (run > position.run || (run === position.run && to > position.offset)) {
    position = { run, offset: to };
    write(`— ${whole(to - from)} bytes were not kept —\n`, 'mark');
  }
}

function ended({ state }) {
  leaveLog();
  put(status, `That was all: the job is ${words(state)}.`);
  soon();
}

/** The browser connects again by itself, unless the API has refused. */
function lost(id) {
  put(status, 'The connection was lost; asking again.');
  source.onopen = soon;
  if (source?.readyState === EventSource.CLOSED) {
    leaveLog();
    again = setTimeout(() => open(id), AGAIN_MS);
  }
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
