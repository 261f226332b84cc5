// Requests to the API, as any client can make them.

const PATIENCE_MS = 10_000;

/** Without the name and password of an address that has them, which no request may have. */
const BASE = `${location.origin}${location.pathname}`;

/** The URL of a path of the API, wherever a proxy has put it. */
export function at(path) {
  return new URL(path, BASE).href;
}

export function get(path, headers = {}) {
  return fetch(at(path), { cache: 'no-store', headers, signal: AbortSignal.timeout(PATIENCE_MS) });
}

/** What the path has as JSON; null if it has nothing to say, and throws if nobody answers. */
export async function json(path) {
  const response = await get(path);
  return response.ok ? response.json() : null;
}

/** {ok, body}: what became of a change; the body of a refusal has its reason as `detail`. */
export async function post(path) {
  try {
    const response = await fetch(at(path), { method: 'POST' });
    const body = await response.json().catch(() => ({ detail: `The API answered ${response.status}.` }));
    return { ok: response.ok, body };
  } catch {
    return { ok: false, body: { detail: 'The API does not answer. Whether anything changed is not known.' } };
  }
}

/** {time, answers, report}: `time` by the server's clock; `report` is null if there is none. */
export async function readReport() {
  try {
    const answer = await get('v1/report');
    return { time: serverTime(answer), answers: true, report: answer.ok ? await answer.json() : null };
  } catch {
    return { time: now(), answers: false, report: null };
  }
}

/** Ages are told by the server's clock, unless the two agree as well as whole seconds can tell. */
function serverTime(response) {
  const date = Date.parse(response.headers.get('Date')) / 1000;
  return Math.abs(date - now()) < 2 || Number.isNaN(date) ? now() : date;
}

function now() {
  return Date.now() / 1000;
}
