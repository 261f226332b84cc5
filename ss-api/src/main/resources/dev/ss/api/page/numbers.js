// The row of numbers. All rates are per minute, over the last minute.

import { NOT_KNOWN, age, decimal, duration, percent, whole } from './format.js';
import { put } from './table.js';

const places = document.getElementById('numbers');

/**
 * @param sample null for those who may not read metrics
 * @param point the newest of the history, or undefined
 * @param p95 in seconds; Infinity above the last bucket's bound
 */
export function showNumbers(sample, point, p95) {
  const queue = sample?.queue ?? point;
  show('ready', whole(queue?.ready));
  show('running', whole(queue?.running));
  show('scheduled', whole(queue?.scheduled));
  show('oldestReady', queue?.ready === 0 ? 'none' : age(queue?.oldestReady));
  show('created', decimal(point?.created), '/min');
  show('succeeded', decimal(point?.succeeded), '/min');
  show('failed', decimal(point?.failed), '/min').classList.toggle('error', point?.failed > 0);
  show('p95', p95 === Infinity ? `> ${duration(sample.buckets.at(-2)[0])}` : duration(p95));
  show('errorRatio', percent(point?.errorRatio));
}

function show(name, text, unit = '') {
  const withUnit = text === NOT_KNOWN || unit === '' ? text : `${text} ${unit}`;
  const place = places.querySelector(`[data-number=${name}]`);
  put(place, withUnit);
  return place;
}
