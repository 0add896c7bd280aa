// The audio thread's end of the line: makes 20 ms pieces of 16 kHz PCM of what the microphone hears, and
// plays what comes, from a buffer that fills before it is played and never grows long.

const RATE = 16000;
const PIECE = 320; // 20 ms
const FILL = 4 * PIECE; // played from 80 ms on
const MOST = 15 * PIECE; // what exceeds 300 ms is skipped
const REPORT_EVERY = 0.1; // seconds

/** Draws samples of one rate from a stream of another, by linear interpolation. */
class Stretch {
  constructor(from, to) {
    this.step = from / to;
    this.place = 0;
    this.before = 0;
    this.after = 0;
  }

  /** The next sample; `next` gives the stream's next one. */
  draw(next) {
    while (this.place >= 1) {
      this.before = this.after;
      this.after = next();
      this.place -= 1;
    }
    const sample = this.before + (this.after - this.before) * this.place;
    this.place += this.step;
    return sample;
  }
}

/** What came and is not played yet, of one channel. */
class Playout {
  constructor() {
    this.samples = new Float32Array(MOST + 50 * PIECE);
    this.read = 0;
    this.write = 0;
    this.playing = false;
  }

  get length() {
    return this.write - this.read;
  }

  add(pcm, offset, stride) {
    for (let i = offset; i < pcm.length; i += stride) {
      this.samples[this.write++ % this.samples.length] = pcm[i] / 32768;
    }
    if (this.length > MOST) {
      this.read = this.write - FILL;
    }
    this.playing ||= this.length >= FILL;
  }

  next() {
    if (this.length === 0) {
      this.playing = false; // starved: fill again
    }
    return this.playing ? this.samples[this.read++ % this.samples.length] : 0;
  }
}

class Line extends AudioWorkletProcessor {
  constructor() {
    super();
    this.toWire = new Stretch(sampleRate, RATE);
    this.piece = new Int16Array(PIECE);
    this.count = 0;
    this.channels = [0, 1].map(() => ({ playout: new Playout(), stretch: new Stretch(RATE, sampleRate) }));
    this.split = false;
    this.muted = false;
    this.mine = 0;
    this.theirs = 0;
    this.reportAt = 0;
    this.port.onmessage = ({ data }) => {
      if (data.pcm) {
        this.play(new Int16Array(data.pcm));
      } else {
        Object.assign(this, data);
      }
    };
  }

  play(pcm) {
    const stride = this.split ? 2 : 1;
    this.channels[0].playout.add(pcm, 0, stride);
    if (this.split) {
      this.channels[1].playout.add(pcm, 1, stride);
    }
  }

  process([microphone], [speaker]) {
    this.listen(microphone[0]);
    this.speak(speaker);
    if (currentTime >= this.reportAt) {
      this.reportAt = currentTime + REPORT_EVERY;
      this.port.postMessage({
        mine: this.mine,
        theirs: this.theirs,
        waiting: (this.channels[0].playout.length / RATE) * 1000,
      });
      this.mine = 0;
      this.theirs = 0;
    }
    return true;
  }

  /** Without a microphone, or while it is muted, there is silence: the line stays open. */
  listen(heard) {
    const frames = heard ? heard.length : 128;
    let at = 0;
    // As many samples leave as the clock has them; those that the piece needs are drawn one by one.
    this.owed = (this.owed ?? 0) + (frames * RATE) / sampleRate;
    const next = () => (heard && !this.muted && at < heard.length ? heard[at++] : (at++, 0));
    while (this.owed >= 1) {
      this.owed -= 1;
      const sample = this.toWire.draw(next);
      this.mine = Math.max(this.mine, Math.abs(sample));
      this.piece[this.count++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.count === PIECE) {
        this.port.postMessage({ pcm: this.piece.buffer }, [this.piece.buffer]);
        this.piece = new Int16Array(PIECE);
        this.count = 0;
      }
    }
  }

  /** Mono in the middle; apart, the original a little to the left and its translation to the right. */
  speak(speaker) {
    const [left, right = left] = speaker;
    const [first, second] = this.channels;
    for (let i = 0; i < left.length; i++) {
      const one = first.stretch.draw(() => first.playout.next());
      const two = this.split ? second.stretch.draw(() => second.playout.next()) : one;
      left[i] = this.split ? 0.8 * one + 0.35 * two : one;
      right[i] = this.split ? 0.35 * one + 0.8 * two : two;
      this.theirs = Math.max(this.theirs, Math.abs(one), Math.abs(two));
    }
  }
}

registerProcessor('line', Line);
