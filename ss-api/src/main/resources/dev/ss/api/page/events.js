// Server-sent events from any event on. An EventSource cannot do that: nobody can tell it where to begin.

import { at } from './api.js';

/**
 * Reads until the server closes the stream; throws when it cannot be read on, and when `signal` aborts it.
 *
 * @param lastId the id of the last event that is known; '' for none
 * @param opened called when the server has answered
 * @param told called with each event: {id, name, data}
 */
export async function readEvents(path, lastId, { signal, opened, told }) {
  const headers = { Accept: 'text/event-stream', ...(lastId === '' ? {} : { 'Last-Event-ID': lastId }) };
  const response = await fetch(at(path), { cache: 'no-store', headers, signal });
  if (!response.ok) {
    throw new Error(`The API answered ${response.status}.`);
  }
  opened();
  let rest = '';
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let chunk = await chunks.read(); !chunk.done; chunk = await chunks.read()) {
    const blocks = `${rest}${chunk.value}`.split('\n\n');
    rest = blocks.pop();
    blocks.map(eventOf).filter(Boolean).forEach(told);
  }
}

/** {id, name, data}, `id` being undefined where there is none; null for a comment. */
export function eventOf(block) {
  const fields = Object.fromEntries(
    block
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(':'))
      .map((line) => /^(\w+): ?(.*)$/.exec(line).slice(1)),
  );
  return fields.data === undefined ? null : { id: fields.id, name: fields.event, data: JSON.parse(fields.data) };
}
