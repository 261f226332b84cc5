// The one line: is all well, and if not, what comes first.

import { age, count, percent } from './format.js';

/** After so long a job that could run should have been picked. */
const STUCK_SECONDS = 30;

/** From which part of failed requests on one has to know. */
const ERROR_RATIO = 0.05;

/** {level, title, detail}: level is 'good', 'warning', 'bad' or 'unknown'. */
export function verdict({ answers, health, sample, lists }, latest) {
  if (!answers) {
    return bad('The API does not answer', 'This page asks again every few seconds.');
  }
  if (health === 'no-database') {
    return bad('The database is out of reach', 'Jobs are neither taken nor finished until it is back.');
  }
  if (health === 'unavailable') {
    return bad('The API is stopping or overloaded', 'It answers 503.');
  }
  if (!sample || !lists) {
    return unknown('The API gives no metrics or lists', 'This page asks again every few seconds.');
  }
  return ofQueue(sample.queue, lists.workers, latest);
}

function ofQueue(queue, workers, latest) {
  const live = workers.filter(({ state }) => state === 'live');
  const slots = total(live.map((worker) => worker.slots));
  const busy = total(live.map((worker) => worker.running_jobs.length));
  if (live.length === 0) {
    return bad('No worker is alive', waiting(queue));
  }
  if (queue === null) {
    return unknown('The queue has not been counted lately', 'The API’s log says why.');
  }
  if (queue.ready > 0 && queue.oldestReady >= STUCK_SECONDS && busy < slots) {
    return bad(
      'The queue does not move',
      `${count(queue.ready, 'job')} could run and ${count(slots - busy, 'slot')} ` +
        `${slots - busy === 1 ? 'is' : 'are'} free; the oldest has waited ${age(queue.oldestReady)}.`,
    );
  }
  if (latest.errorRatio >= ERROR_RATIO) {
    return warning('Requests fail', `${percent(latest.errorRatio)} of the last minute’s were answered 5xx.`);
  }
  const slotsUsed = `${count(live.length, 'worker')}, ${busy} of ${slots} slots busy`;
  if (queue.ready > 0 && queue.oldestReady >= STUCK_SECONDS) {
    return warning('Work waits for a slot', `${slotsUsed}; the oldest job has waited ${age(queue.oldestReady)}.`);
  }
  return { level: 'good', title: 'Healthy', detail: `${slotsUsed}; ${waiting(queue)}` };
}

function waiting(queue) {
  if (queue === null) {
    return 'The queue has not been counted lately.';
  }
  return queue.ready === 0
    ? 'no job waits.'
    : `${count(queue.ready, 'job')} ${queue.ready === 1 ? 'waits' : 'wait'}, the oldest for ${age(queue.oldestReady)}.`;
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function bad(title, detail) {
  return { level: 'bad', title, detail: capitalized(detail) };
}

function warning(title, detail) {
  return { level: 'warning', title, detail };
}

function unknown(title, detail) {
  return { level: 'unknown', title, detail };
}

function capitalized(sentence) {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
