/** The desk's pages: fresh regions, keys, and nothing typed ever lost. Texts stand in the templates. */

import { guardSwaps } from "./swaps.js";
import { listenForFills, listenForKeys } from "./keys.js";
import { keepFresh } from "./fresh.js";
import { listenForLookUps } from "./lookup.js";
import { listenForRecordings } from "./record.js";

guardSwaps();
listenForKeys();
listenForFills();
keepFresh();
listenForRecordings();
listenForLookUps();
