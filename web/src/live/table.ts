import { element, setContent, swatch } from "./dom";

export interface Cell {
  /** What is shown, as text: where it is the same, the cell is left alone. */
  readonly key: string;
  readonly nodes?: () => readonly (Node | string)[];
}

export interface Column<R> {
  readonly head: string;
  /** An arm's column: its name, letter by letter, with its colour. */
  readonly slot?: number;
  readonly isNumber?: boolean;
  readonly className?: string;
  cell(row: R): Cell;
}

/** What a table's rows go by in the page: data-site and so on. */
const rowNames = { arms: "armRow", sites: "site", rejections: "rejection", entries: "entry", rounds: "round", sent: "sent", metrics: "siteMetrics" } as const;

/** A table whose rows keep their places: what changes is changed in its cell, and nothing jumps. On a phone each row is a card (see the style sheet). */
export class LiveTable<R> {
  private readonly body = element("tbody", "");
  private readonly rows = new Map<string, HTMLTableRowElement>();
  private heads = "";
  private readonly head = element("thead", "");

  constructor(where: HTMLElement, private readonly name: keyof typeof rowNames, private readonly columns: (rows: readonly R[]) => readonly Column<R>[], private readonly keyOf: (row: R) => string, caption?: string) {
    // Cards are laid out without a table's boxes, which would take its meaning too.
    const table = element("table", `live-table ${name}`, ...(caption === undefined ? [] : [element("caption", "", caption)]), this.head, this.body);
    table.setAttribute("role", "table");
    this.head.setAttribute("role", "rowgroup");
    this.body.setAttribute("role", "rowgroup");
    where.replaceChildren(table);
  }

  show(rows: readonly R[]): void {
    const columns = this.columns(rows);
    const heads = JSON.stringify(columns.map((column) => column.head));
    if (heads !== this.heads) {
      this.heads = heads;
      this.rows.clear();
      this.body.replaceChildren();
      this.head.replaceChildren(rowOf(columns.map((column) => headOf(column))));
    }

    const kept = new Set<string>();
    for (const [i, row] of rows.entries()) {
      const key = this.keyOf(row);
      kept.add(key);
      const line = this.rows.get(key) ?? this.add(key, columns);
      if (this.body.rows[i] !== line) {
        this.body.insertBefore(line, this.body.rows[i] ?? null);
      }
      for (const [c, column] of columns.entries()) {
        const cell = line.cells[c];
        if (cell) {
          const { key: shown, nodes } = column.cell(row);
          cell.classList.toggle("is-none", shown === none.key);
          setContent(cell, shown, nodes ?? (() => [shown]));
        }
      }
    }
    for (const [key, line] of this.rows) {
      if (!kept.has(key)) {
        line.remove();
        this.rows.delete(key);
      }
    }
  }

  private add(key: string, columns: readonly Column<R>[]): HTMLTableRowElement {
    const line = rowOf(columns.map((column, i) => {
      const cell = element(i === 0 ? "th" : "td", `${column.isNumber ? "number " : ""}${column.className ?? ""}`.trim());
      cell.setAttribute("role", i === 0 ? "rowheader" : "cell");
      if (i === 0) {
        (cell as HTMLTableCellElement).scope = "row";
      } else {
        cell.dataset["label"] = column.slot === undefined ? capital(column.head) : column.head;
      }
      return cell;
    }));
    line.dataset[rowNames[this.name]] = key;
    this.rows.set(key, line);
    return line;
  }
}

function headOf<R>(column: Column<R>): HTMLTableCellElement {
  const cell = element("th", column.isNumber ? "number" : "", column.slot === undefined ? column.head : swatch(column.slot, column.head));
  cell.scope = "col";
  cell.setAttribute("role", "columnheader");
  return cell;
}

function capital(text: string): string {
  return (text[0]?.toUpperCase() ?? "") + text.slice(1);
}

function rowOf(cells: readonly HTMLTableCellElement[]): HTMLTableRowElement {
  const row = element("tr", "", ...cells);
  row.setAttribute("role", "row");
  return row;
}

export const none: Cell = { key: "–" };
