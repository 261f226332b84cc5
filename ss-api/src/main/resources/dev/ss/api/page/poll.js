// When to look: every few seconds, less often while nobody answers, never while nobody watches.

const INTERVAL_MS = 3_000;
const LONGEST_INTERVAL_MS = 30_000;

let isWanted = false;
let endPause = () => {};

/** The pause after a look, when so many before it have had no answer. */
export function pause(failures) {
  return Math.min(INTERVAL_MS * 2 ** failures, LONGEST_INTERVAL_MS);
}

/** Asks for a look without a pause before it: there is something else to see. */
export function soon() {
  isWanted = true;
  endPause();
}

/** Looks again and again; `look` says whether it had an answer. */
export async function poll(look) {
  let failures = 0;
  for (;;) {
    await visible();
    isWanted = false;
    failures = (await look()) ? 0 : failures + 1;
    if (!isWanted) {
      await pauseOrReturn(pause(failures));
    }
  }
}

async function visible() {
  while (document.hidden) {
    await pauseOrReturn(LONGEST_INTERVAL_MS);
  }
}

/** Who comes back to the tab does not wait for the rest of the pause. */
function pauseOrReturn(milliseconds) {
  return new Promise((done) => {
    const timer = setTimeout(end, milliseconds);
    document.addEventListener('visibilitychange', end);
    endPause = end;
    function end() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', end);
      done();
    }
  });
}
