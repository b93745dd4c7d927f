/** Owns recording a clip with this browser's microphone: what was said goes into the row's own form. */

const LONGEST_MS = 4_800;
const CLIP_RATE = 48_000;
const FULL_SCALE = 32_767;
const HEADER_BYTES = 44;

type Trouble = "insecure" | "missing" | "denied" | "broken";

let current: Recording | null = null;

/** Records at the press of a button with data-record, until it is pressed again; sends a chosen file. */
export function listenForRecordings(): void {
  if (document.querySelector("[data-record]") === null) return;
  if (!window.isSecureContext || navigator.mediaDevices === undefined) show("insecure");
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-record]") : null;
    if (button !== null) void toggle(button);
  });
  document.addEventListener("change", (event) => {
    const field = event.target instanceof HTMLInputElement && event.target.type === "file" ? event.target : null;
    if (field?.files?.length === 1) field.form?.requestSubmit();
  });
}

async function toggle(button: HTMLButtonElement): Promise<void> {
  if (current !== null) {
    const isOwn = current.button === button;
    current.stop();
    if (isOwn) return;
  }
  if (!window.isSecureContext || navigator.mediaDevices === undefined) return show("insecure");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true, autoGainControl: false } });
    show(null);
    current = new Recording(button, stream);
  } catch (error) {
    show(error instanceof DOMException && error.name === "NotFoundError" ? "missing" : "denied");
  }
}

/** One recording from the press that starts it to the form that carries it away. */
class Recording {
  private readonly recorder: MediaRecorder;
  private readonly pieces: Blob[] = [];
  private readonly timer: number;

  constructor(
    readonly button: HTMLButtonElement,
    private readonly stream: MediaStream,
  ) {
    this.recorder = new MediaRecorder(stream);
    this.recorder.addEventListener("dataavailable", (event) => this.pieces.push(event.data));
    this.recorder.addEventListener("stop", () => void this.send());
    this.recorder.start();
    button.classList.add("is-recording");
    this.timer = window.setTimeout(() => this.stop(), LONGEST_MS);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    if (this.recorder.state !== "inactive") this.recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
    this.button.classList.remove("is-recording");
    if (current === this) current = null;
  }

  private async send(): Promise<void> {
    const form = this.button.form;
    const field = form?.querySelector<HTMLInputElement>('input[type="file"]');
    if (form === null || field === null || field === undefined) return;
    try {
      const content = await new Blob(this.pieces).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 1, CLIP_RATE).decodeAudioData(content);
      const files = new DataTransfer();
      files.items.add(new File([wavOf(sound)], "clip.wav", { type: "audio/wav" }));
      field.files = files.files;
      form.requestSubmit();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      show("broken");
    }
  }
}

/** Returns a RIFF file of 16-bit mono PCM with the first channel of a sound. */
export function wavOf(sound: AudioBuffer): ArrayBuffer {
  const samples = sound.getChannelData(0);
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + 2 * samples.length));
  const word = (at: number, text: string): void => [...text].forEach((letter, n) => file.setUint8(at + n, letter.charCodeAt(0)));
  word(0, "RIFF");
  file.setUint32(4, 36 + 2 * samples.length, true);
  word(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, sound.sampleRate, true);
  file.setUint32(28, 2 * sound.sampleRate, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  word(36, "data");
  file.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, n) => file.setInt16(HEADER_BYTES + 2 * n, Math.max(-1, Math.min(1, sample)) * FULL_SCALE, true));
  return file.buffer;
}

function show(trouble: Trouble | null): void {
  for (const line of document.querySelectorAll<HTMLElement>(".no-microphone > *")) {
    line.hidden = line.id !== `microphone-${trouble ?? ""}`;
  }
}
