// Microphone and loudspeaker of the call.

/** A microphone that cannot be had; `code` says why, as words.js names it. */
export class NoMicrophone extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

async function microphone() {
  if (!navigator.mediaDevices) {
    throw new NoMicrophone('insecure');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (refusal) {
    throw new NoMicrophone(refusal.name === 'NotAllowedError' ? 'microphone-refused' : 'microphone-missing');
  }
}

/** Two soft notes every two seconds, until it is stopped. */
function ringer(context) {
  const volume = new GainNode(context, { gain: 0 });
  const notes = [659, 784].map((frequency) => new OscillatorNode(context, { frequency }));
  notes.forEach((note) => note.connect(volume));
  volume.connect(context.destination);
  const strike = () => {
    const now = context.currentTime;
    volume.gain.setValueAtTime(0.12, now);
    volume.gain.setTargetAtTime(0, now + 0.6, 0.15);
  };
  notes.forEach((note) => note.start());
  strike();
  const again = setInterval(strike, 2000);
  return {
    stop() {
      clearInterval(again);
      notes.forEach((note) => note.stop());
      volume.disconnect();
    },
  };
}

/**
 * Opens both. `heard` gets each 20 ms of the microphone (an ArrayBuffer of 16 kHz PCM), `report` now and
 * then the levels and how many milliseconds wait to be played. Called upon a click, without which
 * browsers play nothing.
 */
export async function openSound(heard, report) {
  const stream = await microphone();
  const context = new AudioContext({ latencyHint: 'interactive' });
  await context.audioWorklet.addModule('/phone/line.js');
  const line = new AudioWorkletNode(context, 'line', { outputChannelCount: [2] });
  // What 16 kHz cannot hold would come back as another sound.
  const filter = () => new BiquadFilterNode(context, { type: 'lowpass', frequency: 6800 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(filter()).connect(line);
  line.connect(filter()).connect(context.destination);
  line.port.onmessage = ({ data }) => (data.pcm ? heard(data.pcm) : report(data));
  await context.resume();
  let bell;
  return {
    play: (pcm) => line.port.postMessage({ pcm }, [pcm]),
    ring(rings) {
      bell?.stop();
      bell = rings ? ringer(context) : undefined;
    },
    mute: (muted) => line.port.postMessage({ muted }),
    split: (split) => line.port.postMessage({ split }),
    close() {
      bell?.stop();
      bell = undefined;
      stream.getTracks().forEach((track) => track.stop());
      line.port.onmessage = null;
      return context.close();
    },
  };
}
