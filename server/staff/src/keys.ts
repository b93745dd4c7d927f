/** Owns short ways: a function key presses the button that shows it, a button fills a field. */

export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!/^F\d{1,2}$/.test(event.key)) return;
    if (isTyping(event.target)) return;
    const button = document.querySelector<HTMLButtonElement>(`[data-hotkey="${event.key}"]`);
    if (button === null) return;
    event.preventDefault();
    if (!button.disabled) button.click();
  });
}

/** Whether somebody writes in a field: a number must not be called by a slip of the hand. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]");
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
