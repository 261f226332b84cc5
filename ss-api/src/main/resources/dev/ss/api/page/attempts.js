// The attempts at a job: how each went, what it cost, and what it wrote.

import { at } from './api.js';
import { NOT_KNOWN, absolute, age, bytes, duration, seconds, words } from './format.js';
import { lastsSeconds } from './joblist.js';
import { stateClass, stateText } from './states.js';
import { fill } from './table.js';

const table = document.getElementById('attempts');

export function showAttempts(job, attempts, now) {
  fill(
    table,
    [...attempts].reverse().map((attempt) => ({ key: String(attempt.run), cells: cells(job, attempt, now) })),
    'No worker has started it yet.',
  );
}

function cells(job, attempt, now) {
  return [
    { text: String(attempt.run), class: 'number', head: true, title: `Attempt ${attempt.attempt}` },
    { parts: outcome(attempt), class: `state ${stateClass(attempt.outcome)}` },
    { text: duration(lastsSeconds(attempt, now)), class: 'number' },
    { parts: stream(job, attempt, 'log') },
    { parts: stream(job, attempt, 'output') },
    started(attempt, now),
    { text: attempt.worker_id ?? NOT_KNOWN },
    { text: duration(attempt.cpu_seconds), class: 'number' },
    { text: bytes(attempt.peak_memory_bytes), class: 'number' },
  ];
}

function started({ started_at: time }, now) {
  return time === null
    ? { text: NOT_KNOWN, class: 'number' }
    : { text: `${age(now - seconds(time))} ago`, title: absolute(time), class: 'number' };
}

function outcome({ outcome: name, exit_code: code, error_code: error }) {
  const state = { tag: 'span', text: stateText(name) };
  const note = [error && error !== name ? words(error) : '', code ? `exit code ${code}` : ''];
  const text = note.filter((part) => part !== '').join(', ');
  return text === '' ? [state] : [state, { tag: 'small', text }];
}

/** A running attempt's size is not known yet. */
function stream(job, attempt, name) {
  const { run, [`${name}_size`]: size } = attempt;
  if (size === null) {
    return [{ tag: 'span', text: NOT_KNOWN }];
  }
  const cut = attempt[`${name}_truncated`] ? ', cut' : '';
  return [
    {
      tag: 'a',
      text: `${bytes(size)}${cut}`,
      href: at(`v1/jobs/${job.job_id}/${name}?run=${run}`),
      target: '_blank',
      rel: 'noopener',
      'aria-label': `The ${name} of run ${run}, ${bytes(size)}${cut}`,
    },
  ];
}
