// The page's few controls: buttons, so that the keyboard has them too.
import type { View } from "./charts/chart";
import { shortName } from "./format";
import type { NamedArm } from "./model";

/** More views than fit a row of buttons are a list to choose from. */
const mostButtons = 6;

/** Views of which one is chosen. */
export function switchOf(views: readonly View[], choose: (id: string) => void): HTMLElement {
  if (views.length > mostButtons) {
    return listOf(views, choose);
  }

  const group = document.createElement("div");
  group.className = "switch";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "What the chart shows");
  const buttons = views.map((view, i) => {
    const button = pressable(view.label, i === 0);
    button.classList.toggle("name", view.isName ?? false);
    button.addEventListener("click", () => {
      for (const other of buttons) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      choose(view.id);
    });
    return button;
  });
  group.append(...buttons);
  return group;
}

function listOf(views: readonly View[], choose: (id: string) => void): HTMLElement {
  const list = document.createElement("select");
  list.className = "choice";
  list.setAttribute("aria-label", "What the chart shows");
  for (const view of views) {
    list.append(new Option(view.label, view.id));
  }
  list.addEventListener("change", () => choose(list.value));
  return list;
}

/** Every arm as a button that hides and shows it in all charts. The last one shown stays. */
export function legendOf(arms: readonly NamedArm[], hidden: Set<string>, changed: () => void): HTMLElement {
  const group = document.createElement("div");
  group.className = "legend";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Arms shown in the charts");
  for (const arm of arms) {
    const button = pressable("", !hidden.has(arm.name));
    button.classList.add("arm", `arm-${arm.slot}`);
    button.dataset["arm"] = arm.name;
    const swatch = document.createElement("span");
    swatch.className = "swatch";
    const name = document.createElement("span");
    name.className = "legend-name";
    name.textContent = shortName(arm.name, 32);
    button.title = arm.name;
    button.append(swatch, name);
    button.addEventListener("click", () => {
      if (hidden.has(arm.name)) {
        hidden.delete(arm.name);
      } else if (hidden.size + 1 < arms.length) {
        hidden.add(arm.name);
      }
      changed();
    });
    group.append(button);
  }
  return group;
}

function pressable(text: string, isPressed: boolean): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.setAttribute("aria-pressed", String(isPressed));
  return button;
}
