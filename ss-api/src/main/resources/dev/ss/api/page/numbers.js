// The row of numbers.

import { NOT_KNOWN, age, decimal, duration, percent, whole } from './format.js';
import { put } from './table.js';

const places = document.getElementById('numbers');

export function showNumbers({ queue, buckets }, latest) {
  const latency = (seconds) =>
    seconds === Infinity ? `> ${duration(buckets.at(-2)[0])}` : duration(seconds);
  show('ready', whole(queue?.ready));
  show('running', whole(queue?.running));
  show('scheduled', whole(queue?.scheduled));
  show('oldestReady', queue?.ready === 0 ? 'none' : age(queue?.oldestReady));
  show('created', decimal(latest.created), '/s');
  show('finished', decimal(latest.finished === null ? null : latest.finished * 60), '/min');
  show('p50', latency(latest.p50));
  show('p95', latency(latest.p95));
  show('p99', latency(latest.p99));
  show('errorRatio', percent(latest.errorRatio));
}

function show(name, text, unit = '') {
  const withUnit = text === NOT_KNOWN || unit === '' ? text : `${text} ${unit}`;
  put(places.querySelector(`[data-number=${name}]`), withUnit);
}
