/** Owns the keys of the look-up: down into what was found, up and down in it, Escape out of it. */

export function listenForLookUps(): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const place = target instanceof Element ? target.closest<HTMLElement>("[data-look-up]") : null;
    if (place === null) return;
    const field = place.querySelector<HTMLInputElement>("input");
    const hits = [...place.querySelectorAll<HTMLElement>("[data-hit]")];
    if (event.key === "Escape") {
      place.querySelector(".hits")?.remove();
      field?.focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const at = hits.findIndex((hit) => hit === target);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (hits[next] ?? (next < 0 ? field : undefined))?.focus();
  });
}
