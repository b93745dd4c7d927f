/** Owns sizes: how large a character must be to be read from the back of the hall. */

const MM_PER_INCH = 25.4;
/** A character is read at 150 times its height (screens.md 3.2). */
const READ_AT = 150;
const ROW_PER_TEXT = 1.34;
/** Widths in characters below which columns would run into each other. */
const LEAST_EM = 13.6;
const WHERE_COLUMN_EM = 18.4;

export interface Panel {
  readonly inches: number;
  readonly readerMetres: number;
}

export interface Area {
  readonly width: number;
  readonly height: number;
}

/** Returns the height of a character in pixels for the farthest reader, on a panel of a resolution. */
export function textPx(panel: Panel, screen: Area): number {
  const diagonalPx = Math.hypot(screen.width, screen.height);
  const pxPerMm = diagonalPx / (panel.inches * MM_PER_INCH);
  return Math.ceil(((panel.readerMetres * 1000) / READ_AT) * pxPerMm);
}

export interface Fit {
  /** Pixels of a character; below `wanted` where the panel is too small for its hall. */
  readonly text: number;
  readonly rows: number;
  readonly hasWhere: boolean;
}

/** Returns what fits into the list. wanted: pixels of a character. list: pixels of the list. */
export function fitRows(wanted: number, list: Area): Fit {
  const text = Math.min(wanted, Math.floor(list.width / LEAST_EM));
  const rows = Math.max(1, Math.floor(list.height / (text * ROW_PER_TEXT)));
  return { text, rows, hasWhere: list.width >= text * WHERE_COLUMN_EM };
}

/** Returns the height of a character in a narrower list with the same rows. */
export function narrowText(text: number, width: number): number {
  return Math.min(text, Math.floor(width / LEAST_EM));
}
