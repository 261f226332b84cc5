// Prometheus's text format 0.0.4.

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPED = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/** All samples, as {name, labels, value}; lines that are none are left out. */
export function parse(text) {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => SAMPLE.exec(line))
    .filter((match) => match !== null)
    .map(([, name, labels = '', value]) => ({
      name,
      labels: parseLabels(labels),
      value: parseValue(value),
    }));
}

function parseLabels(text) {
  const labels = [...text.matchAll(LABEL)];
  return Object.fromEntries(
    labels.map(([, name, value]) => [
      name,
      value.replace(/\\[n"\\]/g, (escape) => ESCAPED[escape]),
    ]),
  );
}

/** A number as the format writes it; also the `le` of a bucket. */
export function parseValue(text) {
  switch (text) {
    case '+Inf':
      return Infinity;
    case '-Inf':
      return -Infinity;
    default:
      return Number(text);
  }
}
