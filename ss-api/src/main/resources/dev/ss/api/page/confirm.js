// Asks before something is done that cannot be undone. A dialog of the browser keeps the focus within,
// closes on Escape, and gives the focus back.

import { put } from './table.js';

const dialog = document.getElementById('confirm');
const [text, yes, no] = ['text', 'yes', 'no'].map((name) => document.getElementById(`confirm-${name}`));

/**
 * @param action what the button says; null where there is nothing to do but to read
 * @return whether to do it
 */
export function confirmed(question, action) {
  put(text, question);
  put(yes, action ?? '');
  yes.hidden = action === null;
  put(no, action === null ? 'Close' : 'Do nothing');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true });
  });
}

yes.onclick = () => dialog.close('yes');
no.onclick = () => dialog.close('');
