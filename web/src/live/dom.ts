// Nodes, never markup: names and reasons come from sites.

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== "") {
    node.className = className;
  }
  node.append(...content);
  return node;
}

/** The place of the page that is filled from here. */
export function place(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-live="${name}"]`);
  if (found === null) {
    throw new Error(`The page has no place for ${name}.`);
  }
  return found;
}

/** Leaves a text alone that is the same, so that what a reader has selected stays selected. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Leaves what is the same alone, as its key says. */
export function setContent(node: HTMLElement, key: string, content: () => readonly (Node | string)[]): void {
  if (node.dataset["shown"] !== key) {
    node.dataset["shown"] = key;
    node.replaceChildren(...content());
  }
}

/** How much is done, as a bar and in words. */
export function progress(label: string, done: number, of: number, words: string): HTMLElement {
  const bar = element("progress", "");
  bar.max = Math.max(1, of);
  bar.value = Math.min(done, bar.max);
  bar.setAttribute("aria-label", label);
  return element("div", "bar", bar, element("span", "bar-text", words));
}

/** A hash in pieces that can be compared by eye, yet is copied in one. */
export function hash(text: string): HTMLElement {
  const [head = "", digits = ""] = text.includes(":") ? [text.slice(0, text.indexOf(":") + 1), text.slice(text.indexOf(":") + 1)] : ["", text];
  const code = element("code", "hash");
  for (const piece of [...(head === "" ? [] : [head]), ...(digits.match(/.{1,8}/g) ?? [])]) {
    code.append(element("span", "", piece), document.createElement("wbr"));
  }
  return code;
}

export function swatch(slot: number, name: string): HTMLElement {
  const mark = element("span", "swatch");
  mark.setAttribute("aria-hidden", "true");
  return element("span", `arm arm-${slot}`, mark, element("span", "label", name));
}
