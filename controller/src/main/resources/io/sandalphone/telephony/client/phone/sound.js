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
  return {
    play: (pcm) => line.port.postMessage({ pcm }, [pcm]),
    mute: (muted) => line.port.postMessage({ muted }),
    split: (split) => line.port.postMessage({ split }),
    close() {
      stream.getTracks().forEach((track) => track.stop());
      line.port.onmessage = null;
      return context.close();
    },
  };
}
