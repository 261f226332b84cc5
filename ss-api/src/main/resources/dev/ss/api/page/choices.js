// The checkboxes of the filter: a job has to have one of the values that are checked.

import { words } from './format.js';
import { element, put } from './table.js';

const form = document.getElementById('filter');

/** Adds checkboxes for those values that have none yet. */
export function offer(name, values) {
  const place = form.querySelector(`[data-choices=${name}]`);
  const known = boxes(name).map(({ value }) => value);
  for (const value of values.filter((each) => !known.includes(each))) {
    const box = element('input', { type: 'checkbox', name, value });
    place.append(element('label', {}, box, ` ${words(value)}`));
  }
}

/** Checks these values and no others; what the form does not know is added. */
export function check(name, values) {
  offer(name, values);
  boxes(name).forEach((box) => (box.checked = values.includes(box.value)));
  say(name);
}

export function checked(name) {
  return boxes(name)
    .filter((box) => box.checked)
    .map(({ value }) => value);
}

/** What is checked can be read without opening the list. */
function say(name) {
  const summary = form.querySelector(`details:has([data-choices=${name}]) > summary > span`);
  if (summary) {
    put(summary, checked(name).map(words).join(', ') || 'any');
  }
}

function boxes(name) {
  return [...form.querySelectorAll(`[type=checkbox][name=${name}]`)];
}

form.addEventListener('change', ({ target: { type, name } }) => type === 'checkbox' && say(name));
