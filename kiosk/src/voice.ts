/** Owns the kiosk's voice: each screen is read aloud once, a touch mutes it for this worker. */

import { html, nothing, type TemplateResult } from "lit-html";
import { Player, type Piece, type SoundState } from "screen/player.js";
import { spokenChoice, spokenSwitch, type KeyedChoice } from "./choices.js";
import type { Snapshot } from "./market.js";
import { icon } from "./parts.js";
import type { Dialogue, ScreenKind } from "./screens.js";
import { everySentence, speech } from "./speech.js";
import { texts } from "./texts.js";
import { drawingId } from "./view.js";

/** Follows the dialogue; what is said stops when the screen says something else. */
export class Voice {
  private readonly player = new Player("kiosk");
  private said = "";
  private sounds: Readonly<Record<string, string>> = {};
  private switches: ReadonlyMap<string, boolean | null> = new Map();
  private screen: ScreenKind = "attract";
  private isOn = false;
  private version = "";
  private isMuted = false;

  constructor(private readonly redraw: () => void) {}

  /** What the heartbeat tells. */
  get state(): SoundState {
    return this.isOn ? this.player.state : "off";
  }

  /** Takes what the server says of the voice. */
  hear(snapshot: Snapshot): void {
    this.isOn = snapshot.voice.is_on;
    this.sounds = snapshot.voice.words;
    if (!this.isOn) this.player.stop();
    if (!this.isOn || this.version === snapshot.voice.version) return;
    this.version = snapshot.voice.version;
    this.player.useVersion(this.version);
    void this.player.preload(everySentence());
  }

  /** Says the screen anew when it is drawn next. */
  sayAgain(): void {
    this.said = "";
    this.redraw();
  }

  /** Says what is on the screen and what its keys are, unless it was said already. */
  follow(dialogue: Dialogue, choices: readonly KeyedChoice[]): void {
    // The next worker hears again; nobody inherits a muted kiosk.
    if (dialogue.screen.kind === "attract" && this.screen !== "attract") this.isMuted = false;
    this.screen = dialogue.screen.kind;
    const pieces = speech(dialogue);
    const said = [drawingId(dialogue), dialogue.look.isByKeys, ...pieces].join(" ");
    const switched = choices.filter((one) => this.switches.has(one.words) && this.switches.get(one.words) !== one.isOn);
    this.switches = new Map(choices.map((one) => [one.words, one.isOn]));
    // Before the first word of the server nothing is known to be on.
    if (!this.isOn) return;
    if (said !== this.said) this.play([...pieces, ...choices.flatMap((one) => spokenChoice(one, this.sounds))]);
    else if (switched[0] !== undefined) this.play(spokenSwitch(switched[0], this.sounds));
    this.said = said;
  }

  private play(pieces: readonly Piece[]): void {
    this.player.stop();
    if (!this.isMuted) void this.player.play(pieces);
  }

  /** Somebody touched the screen: the browser may let sounds be heard from now on. */
  touched(): void {
    this.player.wake();
  }

  /** Draws the button that mutes; nothing where there is no voice. */
  button(): TemplateResult | typeof nothing {
    if (!this.isOn) return nothing;
    const { mute, speak } = texts.voice;
    return html`<button class="choice quiet mute" aria-pressed=${this.isMuted ? "true" : "false"} @press=${() => this.toggle()}>
      ${icon(this.isMuted ? "speaker_off" : "speaker")}
      <span class="words"><span class="label">${this.isMuted ? speak : mute}</span></span>
    </button>`;
  }

  private toggle(): void {
    this.isMuted = !this.isMuted;
    // Whoever turns the voice on again wants to hear what is on the screen.
    if (this.isMuted) this.player.stop();
    else this.said = "";
    this.redraw();
  }
}
