/** Owns real sizes: how many CSS pixels of this panel make a millimetre. */

const MM_PER_INCH = 25.4;

/** Returns CSS pixels per millimetre of a panel of `width` by `height` px and `inches` diagonal. */
export function pixelsPerMillimetre(width: number, height: number, inches: number): number {
  return Math.hypot(width, height) / (inches * MM_PER_INCH);
}

/**
 * Sets --mm on the page, and again when the panel is turned. The page fills the panel, so its own
 * size is measured: a browser that zooms makes CSS pixels larger, but no millimetre.
 */
export function measurePanel(inches: number): void {
  const set = (): void => {
    const px = pixelsPerMillimetre(window.innerWidth, window.innerHeight, inches);
    document.documentElement.style.setProperty("--mm", `${px}px`);
  };
  set();
  window.addEventListener("resize", set);
}
