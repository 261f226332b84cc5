// The line that says what became of what somebody did; a screen reader reads it out.

import { put } from './table.js';

const line = document.getElementById('notice');

export function notice(text, isGood = true) {
  line.dataset.level = isGood ? 'ok' : 'bad';
  put(line, text);
}
