/** Owns the button that prints a page of sheets; without scripts the page says which keys do. */

const button = document.querySelector<HTMLButtonElement>("#print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    window.print();
  });
}
