/** A link inside a card leads behind it: the card closes. */
export function closeCardsOnLinks(): void {
  addEventListener("hashchange", () => document.querySelector<HTMLElement>("[popover]:popover-open")?.hidePopover());
}

/** Gives every table that can be filtered its field; without script the table is whole. */
export function filterTables(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-filter]")) {
    const rows = [...document.querySelectorAll<HTMLTableRowElement>(`[data-filtered="${box.dataset["filter"]}"] tbody tr`)];
    const field = box.querySelector("input");
    const count = box.querySelector<HTMLElement>("[data-filter-count]");
    if (field === null || count === null) {
      continue;
    }

    const apply = (): void => {
      const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 0);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent?.toLowerCase() ?? "";
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = words.length === 0 ? "" : `${shown} of ${rows.length}`;
    };
    field.addEventListener("input", apply);
    // A link to a row that the filter hides would lead nowhere.
    addEventListener("hashchange", () => {
      if (rows.some((row) => row.hidden && `#${row.id}` === location.hash)) {
        field.value = "";
        apply();
        document.getElementById(location.hash.slice(1))?.scrollIntoView();
      }
    });
    box.hidden = false;
  }
}
