// What the page has seen, and what it makes of it.

import { measure } from './rates.js';

export const KEPT_SECONDS = 600;

export class History {
  #samples = [];
  #points = [];

  /** Takes a sample in, and lets go of what is too old. */
  add(sample) {
    this.#samples = recent(this.#samples, sample.time).concat(sample);
    this.#points = recent(this.#points, sample.time).concat({
      time: sample.time,
      ...sample.queue,
      ...measure(this.#samples),
    });
  }

  /** What is drawn, oldest first. */
  get points() {
    return this.#points;
  }

  /** The newest point, or undefined. */
  get latest() {
    return this.#points.at(-1);
  }
}

function recent(entries, time) {
  return entries.filter((entry) => entry.time > time - KEPT_SECONDS && entry.time < time);
}
