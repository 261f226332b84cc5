// Four small charts over one time. Lines differ in their dashes as well as in colour, and their
// names and values are text beside them.

import uPlot from './uplot.js';
import { decimal, percent, whole } from './format.js';
import { KEPT_SECONDS } from './history.js';
import { put } from './table.js';

const HEIGHT = 132;
const DASHES = [[], [7, 4], [2, 3]];
const LINES = ['--line-1', '--line-2', '--line-3'];

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
    unit: 'jobs per minute',
    lines: { created: 'created', succeeded: 'succeeded' },
    text: decimal,
    least: 1,
  },
  {
    title: 'Failures',
    unit: 'jobs per minute',
    lines: { failed: 'failed', cancelled: 'cancelled' },
    colours: ['--bad', '--line-2'],
    text: decimal,
    least: 1,
  },
  {
    title: 'HTTP errors',
    unit: 'part answered 5xx',
    lines: { errorRatio: 'errors' },
    colours: ['--bad'],
    text: percent,
    least: 0.01,
  },
];

const parent = document.getElementById('charts');
const all = CHARTS.map((chart) => draw(chart));

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
  all.forEach(({ plot }) => plot.redraw()),
);

/** Shows the last hour before `now`; the points are those of history.js. */
export function showCharts(points, now) {
  all.forEach(({ update }) => update(points, now));
}

function draw(chart) {
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
      plot.setData([points.map(({ time }) => time), ...keys.map((key) => points.map((point) => point[key]))], false);
      plot.setScale('x', { min: now - KEPT_SECONDS, max: now });
    });
    showValues(plot);
  }

  return { plot, update };
}

function legend(figure, { title, unit, lines, colours = LINES }) {
  const caption = figure.appendChild(document.createElement('figcaption'));
  const name = caption.appendChild(document.createElement('h3'));
  name.textContent = `${title} `;
  name.appendChild(document.createElement('small')).textContent = unit;
  const list = caption.appendChild(document.createElement('ul'));
  return Object.values(lines).map((line, index) => {
    const item = list.appendChild(document.createElement('li'));
    item.append(key(colours[index], DASHES[index]), `${line} `);
    return item.appendChild(document.createElement('b'));
  });
}

function key(variable, dashes) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'key');
  svg.setAttribute('aria-hidden', 'true');
  const line = svg.appendChild(document.createElementNS(svg.namespaceURI, 'line'));
  line.setAttribute('x2', '100%');
  line.setAttribute('y1', '50%');
  line.setAttribute('y2', '50%');
  line.style.stroke = `var(${variable})`;
  line.style.strokeDasharray = dashes.join(' ');
  return svg;
}

function options(place, { lines, text, least, colours = LINES }, showValues) {
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
        stroke: () => colour(colours[index]),
        width: 1.5,
        dash: DASHES[index],
        points: { show: false },
      })),
    ],
    hooks: { setCursor: [showValues] },
  };
}

const MINUTES = [60, 40, 20, 0];

function minutes(u) {
  return MINUTES.map((ago) => u.scales.x.max - ago * 60 + (ago === KEPT_SECONDS / 60 ? 1 : 0));
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
