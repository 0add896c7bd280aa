// The gateway's events, over fetch, since EventSource cannot send the token and no URL may hold it. A feed that is lost is asked
// for again by itself; the gateway tells all there is first.

const QUIET = 20000; // ms; the gateway says something every 5 s
const FIRST_PAUSE = 500; // ms
const LONGEST_PAUSE = 5000;

export class Feed {
  #stopped = false;
  #request = new AbortController();

  /** `told` has: live(), event(name, data), lost(full), refused(). */
  constructor(token, told) {
    this.token = token;
    this.told = told;
    this.#run();
  }

  stop() {
    this.#stopped = true;
    this.#request.abort();
  }

  async #run() {
    let pause = FIRST_PAUSE;
    while (!this.#stopped) {
      let full = false;
      try {
        full = await this.#read(() => (pause = FIRST_PAUSE));
      } catch {
        // What broke is the connection; it is told below.
      }
      if (this.#stopped) {
        return;
      }
      this.told.lost(full);
      // Many pages do not come back in step.
      await new Promise((go) => setTimeout(go, pause * (0.5 + Math.random() / 2)));
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** Whether it ended because as many watch as may. */
  async #read(began) {
    this.#request = new AbortController();
    let quiet = 0;
    const heard = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => this.#request.abort(), QUIET);
    };
    heard();
    try {
      const answer = await ask(this.token, 'GET', '/events', undefined, this.#request.signal);
      if (answer.status === 401) {
        this.#stopped = true;
        this.told.refused();
        return false;
      }
      if (!answer.ok) {
        return answer.status === 503;
      }
      const lines = new Lines();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        heard();
        for (const [name, data] of lines.take(part.value)) {
          if (this.#stopped) {
            return false;
          }
          if (name === 'snapshot') {
            began();
            this.told.live();
          }
          this.told.event(name, JSON.parse(data));
        }
      }
      return false;
    } finally {
      clearTimeout(quiet);
      // What is left of it would keep one of the browser's connections.
      this.#request.abort();
    }
  }
}

/** A request with the token, which goes into a header and nowhere else. */
export function ask(token, method, path, body, signal) {
  return fetch(path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  });
}

/** Events out of the text of a stream, as it comes in pieces. */
class Lines {
  #rest = '';

  *take(text) {
    this.#rest += text;
    const blocks = this.#rest.split('\n\n');
    this.#rest = blocks.pop();
    for (const block of blocks) {
      let name = 'message';
      const data = [];
      for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) {
          name = line.slice(7);
        } else if (line.startsWith('data: ')) {
          data.push(line.slice(6));
        }
      }
      if (data.length > 0) {
        yield [name, data.join('\n')];
      }
    }
  }
}
