/** Owns short ways: a function key presses the button that shows it, a button fills a field. */

export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!/^F\d{1,2}$/.test(event.key)) return;
    const button = document.querySelector<HTMLButtonElement>(`[data-hotkey="${event.key}"]`);
    if (button === null) return;
    event.preventDefault();
    if (!button.disabled) button.click();
  });
}

export function listenForFills(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-fill]") : null;
    const field = document.getElementById(button?.dataset["fill"] ?? "");
    if (button === null || !(field instanceof HTMLInputElement)) return;
    field.value = button.dataset["with"] ?? "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
