// The connection to the gateway: WebSocket /client, in the protocol of controller/docs/clients.md. Comes
// back by itself when the network is lost.

const RETRY_EVERY = 700; // milliseconds
// Longer than the gateway keeps a seat: it may have been restarted, and then the link is good again.
const GIVE_UP_AFTER = 120000;
const PING_EVERY = 2000;
// No answer to a ping for so long: the network is gone, whatever the browser thinks.
const SILENT_AFTER = 7000;

/**
 * What a ticket says, in base64url of JSON before the dot: `c` the call's id, `l` the language, `t` the
 * number it calls, `s` the numbers it stands by for. Nothing of what is no ticket.
 */
export function read(ticket) {
  try {
    return JSON.parse(atob(ticket.split('.')[0].replace(/-/g, '+').replace(/_/g, '/')));
  } catch {
    return {};
  }
}

/** A word that proves on a new connection that this is the same page; it outlives a reload. */
function resumeWord(callId) {
  const key = `resume ${callId}`;
  const word = sessionStorage.getItem(key) ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
  sessionStorage.setItem(key, word);
  return word;
}

export class Call {
  #init;
  #callId;
  #on;
  #socket;
  #retry;
  #pinger;
  #lostAt = 0;
  #heardAt = 0;
  #over = false;
  #seated = false;
  #talks;

  /**
   * `init` is what the first message says of the client: `callId`, `languageHint`, and what lets it in.
   * `on` has a function for what happens: `ready()`, `sound(pcm)`, `transcript(message)`,
   * `state(word, message)`, `delay(milliseconds)`, `lost()`, `over(code)`: the last one, with what is in
   * words.js after `trouble.`, or `ended`.
   */
  constructor(init, on) {
    this.#init = init;
    this.#callId = init.callId;
    this.#talks = !init.standby;
    this.#on = on;
    this.#connect();
    addEventListener('online', this.#hurry);
  }

  #hurry = () => {
    if (this.#lostAt && !this.#over) {
      this.#connect();
    }
  };

  #connect() {
    clearTimeout(this.#retry);
    this.#drop();
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/client`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => this.#heard(socket, data);
    socket.onclose = ({ code }) => this.#closed(socket, code);
    this.#socket = socket;
  }

  /** Forgets a connection that is of no use any more. */
  #drop() {
    clearInterval(this.#pinger);
    if (this.#socket) {
      this.#socket.onclose = null;
      this.#socket.close(4000);
    }
  }

  #opened(socket) {
    socket.send(JSON.stringify({
      ...this.#init,
      type: 'init',
      layout: 'split',
      resume: resumeWord(this.#callId),
      states: true,
    }));
    this.#heardAt = performance.now();
    this.#pinger = setInterval(() => this.#ping(socket), PING_EVERY);
  }

  #ping(socket) {
    if (performance.now() - this.#heardAt > SILENT_AFTER) {
      this.#drop();
      this.#closed(socket, 1006);
    } else {
      socket.send(JSON.stringify({ type: 'ping', id: String(performance.now()) }));
    }
  }

  #heard(socket, data) {
    this.#heardAt = performance.now();
    if (data instanceof ArrayBuffer) {
      this.#on.sound(data);
      return;
    }
    const message = JSON.parse(data);
    switch (message.type) {
      case 'ready':
        this.#lostAt = 0;
        this.#seated = true;
        this.#on.ready();
        this.#askForBinary(socket);
        break;
      case 'audio_out':
        this.#on.sound(Uint8Array.from(atob(message.chunk), (c) => c.charCodeAt(0)).buffer);
        break;
      case 'transcript':
        this.#on.transcript(message);
        break;
      case 'state':
        if (message.state === 'ended') {
          this.#end('ended');
        } else {
          if (message.state === 'talking' && !this.#talks) {
            this.#talks = true;
            this.#askForBinary(socket);
          }
          this.#on.state(message.state, message);
        }
        break;
      case 'pong':
        this.#on.delay(performance.now() - Number(message.id));
        break;
      case 'error':
        this.#error(message);
        break;
    }
  }

  /** Sound is answered in kind: an empty frame asks for binary ones. */
  #askForBinary(socket) {
    if (this.#talks) {
      socket.send(new ArrayBuffer(0));
    }
  }

  /** Errors in sound are for developers; the others end the call, or end the connection anyway. */
  #error(message) {
    console.warn(`${message.code}: ${message.message}`);
    if (!['odd-length', 'too-long', 'too-fast', 'malformed'].includes(message.code)) {
      this.#end(message.code);
    }
  }

  #closed(socket, code) {
    if (socket !== this.#socket || this.#over) {
      return;
    }
    clearInterval(this.#pinger);
    if (code === 1000) {
      this.#end('ended');
    } else if (code === 4001) {
      this.#end('elsewhere');
    } else if (this.#lostAt && performance.now() - this.#lostAt > GIVE_UP_AFTER) {
      this.#end('gone');
    } else {
      this.#lostAt ||= performance.now();
      this.#on.lost(this.#seated);
      this.#retry = setTimeout(() => this.#connect(), RETRY_EVERY);
    }
  }

  /** Sends 20 ms of the microphone. What cannot leave is not kept. */
  send(pcm) {
    const open = this.#socket.readyState === WebSocket.OPEN && this.#seated && !this.#lostAt && this.#talks;
    if (open && this.#socket.bufferedAmount < 32000) {
      this.#socket.send(pcm);
    }
  }

  /** Takes the call that rings, or does not want it. */
  answer() {
    this.#say('answer');
  }

  decline() {
    this.#say('decline');
  }

  hangUp() {
    this.#say('bye');
    this.#end('ended');
  }

  #say(type) {
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type }));
    }
  }

  #end(code) {
    if (this.#over) {
      return;
    }
    this.#over = true;
    clearTimeout(this.#retry);
    removeEventListener('online', this.#hurry);
    this.#drop();
    this.#on.over(code);
  }
}
