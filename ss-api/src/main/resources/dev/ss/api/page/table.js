// Puts data into the document: as text, never as markup, and only where it has changed, so that
// selections, focus and screen readers are left in peace.

/** Sets an element's text. */
export function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Creates an element with text, attributes, and what happens on a click. */
export function element(name, { text = '', onclick = null, ...attributes } = {}, ...children) {
  const created = document.createElement(name);
  created.textContent = text;
  created.onclick = onclick;
  Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
  created.append(...children);
  return created;
}

/**
 * Makes a table's body hold these rows. A row that stays keeps its elements, and so the focus.
 *
 * @param rows {key, cells}; a cell is {text or parts, class?, title?, head?}: a head names its row,
 *     and each of the parts is {tag, text, …} of an element
 * @param empty what to say when there are none
 */
export function fill(table, rows, empty) {
  const body = table.tBodies[0];
  const hadFocus = body.contains(document.activeElement);
  const wanted = new Set(rows.map(({ key }) => key));
  const kept = new Map();
  for (const row of [...body.rows]) {
    if (wanted.has(row.dataset.key)) {
      kept.set(row.dataset.key, row);
    } else {
      row.remove();
    }
  }
  rows.forEach(({ key, cells }, index) => {
    const row = kept.get(key) ?? document.createElement('tr');
    row.dataset.key = key;
    if (body.rows[index] !== row) {
      body.insertBefore(row, body.rows[index] ?? null);
    }
    fillRow(row, cells);
  });
  if (rows.length === 0) {
    const cell = body.insertRow().insertCell();
    cell.colSpan = table.tHead.rows[0].cells.length;
    cell.className = 'empty';
    cell.textContent = empty;
  }
  if (hadFocus && !body.contains(document.activeElement)) {
    table.closest('.scroll').focus();
  }
}

function fillRow(row, cells) {
  cells.forEach((cell, index) => {
    const place = row.cells[index] ?? row.appendChild(newCell(cell));
    if (cell.parts) {
      fillParts(place, cell.parts);
    } else {
      put(place, cell.text);
    }
    place.className = cell.class ?? '';
    place.title = cell.title ?? '';
  });
}

function newCell({ head }) {
  return head ? element('th', { scope: 'row' }) : element('td');
}

function fillParts(place, parts) {
  const present = [...place.children];
  if (present.length !== parts.length || parts.some(({ tag }, i) => present[i].localName !== tag)) {
    place.replaceChildren(...parts.map(({ tag }) => element(tag)));
  }
  parts.forEach(({ tag, text, onclick = null, ...attributes }, index) => {
    const part = place.children[index];
    put(part, text);
    part.onclick = onclick;
    for (const [name, value] of Object.entries(attributes)) {
      if (part.getAttribute(name) !== value) {
        part.setAttribute(name, value);
      }
    }
  });
}
