// When to look: every few seconds, less often while nobody answers, never while nobody watches.

const INTERVAL_MS = 3_000;
const LONGEST_INTERVAL_MS = 30_000;

/** The pause after a look, when so many before it have had no answer. */
export function pause(failures) {
  return Math.min(INTERVAL_MS * 2 ** failures, LONGEST_INTERVAL_MS);
}

/** Looks again and again; `look` says whether it had an answer. */
export async function poll(look) {
  let failures = 0;
  for (;;) {
    await visible();
    failures = (await look()) ? 0 : failures + 1;
    await pauseOrReturn(pause(failures));
  }
}

function visible() {
  return document.hidden ? nextVisibilityChange().then(visible) : Promise.resolve();
}

/** Who comes back to the tab does not wait for the rest of the pause. */
function pauseOrReturn(milliseconds) {
  return Promise.race([
    new Promise((done) => setTimeout(done, milliseconds)),
    nextVisibilityChange(),
  ]);
}

function nextVisibilityChange() {
  return new Promise((done) =>
    document.addEventListener('visibilitychange', done, { once: true }),
  );
}
