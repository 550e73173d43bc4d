// Arrow keys in a table of numbers: one stop for Tab, the arrows go from cell to cell.

/** Makes the cells (th and td) of a table reachable with the arrow keys; call again when rows are moved. */
export function makeGrid(table) {
  table.setAttribute("role", "grid");
  const cells = [...table.querySelectorAll("th, td")];
  const current = cells.find((cell) => cell.tabIndex === 0) ?? cells[0];
  for (const cell of cells) cell.tabIndex = cell === current ? 0 : -1;
  if (table.dataset.grid) return;
  table.dataset.grid = "yes";
  table.addEventListener("keydown", (event) => move(table, event));
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("th, td");
    if (cell) stop(table, cell);
  });
}

function stop(table, cell) {
  for (const other of table.querySelectorAll('[tabindex="0"]:is(th, td)')) other.tabIndex = -1;
  cell.tabIndex = 0;
}

function move(table, event) {
  const cell = event.target.closest("th, td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...table.rows];
  const row = rows.indexOf(cell.parentElement);
  const column = cell.cellIndex;
  const visible = (at) => at && at.offsetParent !== null;
  const across = (step) => {
    let next = column + step;
    while (rows[row].cells[next] && !visible(rows[row].cells[next])) next += step;
    return rows[row].cells[next];
  };
  const target = {
    ArrowRight: () => across(1),
    ArrowLeft: () => across(-1),
    ArrowDown: () => rows[row + 1]?.cells[column],
    ArrowUp: () => rows[row - 1]?.cells[column],
    Home: () => rows[row].cells[0],
    End: () => [...rows[row].cells].filter(visible).at(-1),
  }[event.key]?.();
  if (!target) return;
  event.preventDefault();
  stop(table, target);
  target.focus();
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
}
