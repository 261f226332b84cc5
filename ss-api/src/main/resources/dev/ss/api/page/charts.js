// Four small charts over one time. Lines differ in their dashes as well as in colour, and their
// names and values are text beside them.

import uPlot from './uplot.js';
import { clock, decimal, duration, percent, whole } from './format.js';
import { KEPT_SECONDS } from './history.js';
import { put } from './table.js';

const HEIGHT = 132;
const DASHES = [[], [7, 4], [2, 3]];

const CHARTS = [
  {
    title: 'Queue',
    unit: 'jobs',
    lines: { ready: 'ready', running: 'running', scheduled: 'scheduled' },
    text: whole,
    least: 4,
  },
  {
    title: 'Throughput',
    unit: 'jobs per second',
    lines: { created: 'created', finished: 'finished' },
    text: decimal,
    least: 0.1,
  },
  {
    title: 'HTTP latency',
    unit: 'time to answer',
    lines: { p50: 'p50', p95: 'p95', p99: 'p99' },
    text: duration,
    least: 0.01,
  },
  {
    title: 'HTTP errors',
    unit: 'part answered 5xx',
    lines: { errorRatio: 'errors' },
    text: percent,
    least: 0.01,
  },
];

/** Puts the charts into `parent`, and returns what shows a history at a time in them. */
export function charts(parent) {
  const since = document.getElementById('charts-since');
  const all = CHARTS.map((chart) => draw(parent, chart));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    all.forEach(({ plot }) => plot.redraw()),
  );
  return ({ points }, now) => {
    all.forEach(({ update }) => update(points, now));
    const watched = now - points[0].time;
    put(
      since,
      watched > KEPT_SECONDS - 15
        ? 'each value averaged over one minute'
        : `watched since ${clock(points[0].time)}`,
    );
  };
}

function draw(parent, chart) {
  const keys = Object.keys(chart.lines);
  const figure = parent.appendChild(document.createElement('figure'));
  const values = legend(figure, chart);
  const place = figure.appendChild(document.createElement('div'));
  place.className = 'plot';
  place.ariaHidden = 'true';
  const plot = new uPlot(options(place, chart, showValues), [[], ...keys.map(() => [])], place);
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);

  /** Those under the cursor, or the newest. */
  function showValues(u) {
    const index = u.cursor.idx ?? u.data[0].length - 1;
    keys.forEach((_, line) => put(values[line], chart.text(u.data[line + 1][index])));
  }

  function update(points, now) {
    plot.batch(() => {
      plot.setData([points.map(({ time }) => time), ...keys.map((key) => points.map(drawn(key)))], false);
      plot.setScale('x', { min: now - KEPT_SECONDS, max: now });
    });
    showValues(plot);
  }

  return { plot, update };
}

/** What lies above the last bucket's bound has no height to be drawn at. */
function drawn(key) {
  return (point) => (Number.isFinite(point[key]) ? point[key] : null);
}

function legend(figure, { title, unit, lines }) {
  const caption = figure.appendChild(document.createElement('figcaption'));
  const name = caption.appendChild(document.createElement('h3'));
  name.textContent = `${title} `;
  name.appendChild(document.createElement('small')).textContent = unit;
  const list = caption.appendChild(document.createElement('ul'));
  return Object.values(lines).map((line, index) => {
    const item = list.appendChild(document.createElement('li'));
    item.append(key(index), `${line} `);
    return item.appendChild(document.createElement('b'));
  });
}

function key(index) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `key line-${index + 1}`);
  svg.setAttribute('aria-hidden', 'true');
  const line = svg.appendChild(document.createElementNS(svg.namespaceURI, 'line'));
  line.setAttribute('x2', '100%');
  line.setAttribute('y1', '50%');
  line.setAttribute('y2', '50%');
  return svg;
}

function options(place, { lines, text, least }, showValues) {
  const axis = { stroke: () => colour('--quiet'), font: '11px system-ui, sans-serif' };
  const grid = { stroke: () => colour('--grid'), width: 1 };
  return {
    width: place.clientWidth || 300,
    height: HEIGHT,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: 'ss' }, drag: { x: false, y: false }, y: false, points: { size: 5 } },
    scales: {
      x: { time: false },
      y: { range: (u, min, max) => [0, Math.max(least, (max ?? 0) * 1.1)] },
    },
    axes: [
      { ...axis, grid, ticks: { show: false }, size: 22, gap: 4, splits: minutes, values: minuteTexts },
      {
        ...axis,
        grid,
        ticks: { show: false },
        size: 52,
        gap: 4,
        space: 34,
        values: (u, splits) => splits.map((split) => withoutZeros(text(split))),
      },
    ],
    series: [
      {},
      ...Object.values(lines).map((label, index) => ({
        label,
        stroke: () => colour(`--line-${index + 1}`),
        width: 1.5,
        dash: DASHES[index],
        points: { show: false },
      })),
    ],
    hooks: { setCursor: [showValues] },
  };
}

const MINUTES = [9, 6, 3, 0];

function minutes(u) {
  return MINUTES.map((ago) => u.scales.x.max - ago * 60);
}

function minuteTexts(u, splits) {
  return splits.map((split, index) => (index === splits.length - 1 ? 'now' : `−${MINUTES[index]} min`));
}

/** An axis says "4", where a value that has been measured says "4.00". */
function withoutZeros(text) {
  return text.replace(/\.0+(?= |$)/, '');
}

function colour(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable);
}
