/** Owns the shapes that a worker's asks read from the JSON API (server/api/schemas/asks.py). */

export type CancelReason = "found_work" | "leaving";
