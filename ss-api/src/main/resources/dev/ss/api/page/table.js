// Puts data into the document: as text, never as markup, and only where it has changed, so that
// selections, focus and screen readers are left in peace.

/** Sets an element's text. */
export function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Makes a table's body hold these rows.
 *
 * @param rows of cells {text, class?, title?, head?}; a head names its row
 * @param empty what to say when there are none
 */
export function fill(table, rows, empty) {
  const body = table.tBodies[0];
  if (rows.length === 0) {
    body.replaceChildren(emptyRow(empty, table.tHead.rows[0].cells.length));
    return;
  }
  body.querySelector('.empty')?.closest('tr').remove();
  while (body.rows.length > rows.length) {
    body.deleteRow(-1);
  }
  rows.forEach((cells, index) => fillRow(body.rows[index] ?? body.insertRow(), cells));
}

function fillRow(row, cells) {
  cells.forEach((cell, index) => {
    const element = row.cells[index] ?? row.appendChild(newCell(cell));
    put(element, cell.text);
    element.className = cell.class ?? '';
    element.title = cell.title ?? '';
  });
}

function newCell({ head }) {
  const element = document.createElement(head ? 'th' : 'td');
  if (head) {
    element.scope = 'row';
  }
  return element;
}

function emptyRow(text, columns) {
  const row = document.createElement('tr');
  const cell = row.insertCell();
  cell.colSpan = columns;
  cell.className = 'empty';
  cell.textContent = text;
  return row;
}
