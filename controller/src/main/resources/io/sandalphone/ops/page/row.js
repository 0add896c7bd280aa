// One call on the page. What it shows is set only where it changed, and only as text: what callers are called, or say, is never markup.

const MOST_CAPTIONS = 4;
const LANES = { forth: 'caller-to-destination', back: 'destination-to-caller' };
const STAGES = ['recognition', 'translation', 'synthesis', 'waiting', 'playout'];

const put = (element, text) => {
  if (element.textContent !== text) {
    element.textContent = text;
  }
};

const set = (element, name, value) => {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
};

const show = (element, text) => {
  put(element, text);
  element.hidden = text === '';
};

export const money = ({ amount, currency, capped }) => `${amount.toFixed(4)} ${currency}${capped ? `, capped (${capped})` : ''}`;

const time = (millis) => {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (number) => String(number).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
};

/** Shows the call of `session`; `does` has end(row) and interpret(row, lane, on). */
export class Row {
  constructor(template, session, does) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.at = Object.fromEntries([...this.element.querySelectorAll('[data-is]')].map((each) => [each.dataset.is, each]));
    this.captions = new Map();
    this.over = false;
    this.element.dataset.call = session.id;
    this.at.end.addEventListener('click', () => does.end(this));
    for (const [button, lane] of Object.entries(LANES)) {
      this.at[button].addEventListener('click', () => does.interpret(this, lane, this.#isOff(lane)));
    }
    this.take(session);
  }

  take(session) {
    this.session = session;
    this.levels = session.levels;
    const { id, caller, destination } = session;
    this.name = `call ${id}: ${caller || 'unknown'} to ${destination || 'unknown'}`;
    this.words = [this.name, session.state, session.caller_language, session.destination_language, session.direction].join(' ').toLowerCase();
  }

  takeLevels(levels) {
    this.levels = levels;
  }

  caption(caption) {
    const key = `${caption.lane} ${caption.utterance}`;
    this.captions.set(key, caption);
    if (this.captions.size > MOST_CAPTIONS) {
      this.captions.delete(this.captions.keys().next().value);
    }
  }

  /** It has ended, and stays for a moment to say how. */
  ended(result, reason) {
    this.over = true;
    this.end = `ended: ${result}, ${reason}`;
  }

  #isOff(lane) {
    return this.session.interpretation_off.includes(lane);
  }

  /** Shows what was taken, at `now`. */
  render(now) {
    const { session, at } = this;
    const { caller, destination, caller_language: from, destination_language: to } = session;
    put(at.who, `${caller || 'unknown'} → ${destination || 'unknown'}`);
    put(at.state, this.over ? this.end : session.state);
    set(at.state, 'data-state', this.over ? 'ended' : session.state);
    put(at.languages, session.relay ? `${from} ⇄ ${to}` : `${from} → ${to}`);
    put(at.cost, money(session.cost));
    at.adopted.hidden = !session.adopted;
    this.tick(now);
    show(at.trouble, this.#trouble());
    this.#level('caller');
    this.#level('destination');
    show(at.delays, this.#delays());
    this.#buttons(from, to);
    this.#showCaptions();
  }

  /** Shows how long it has lasted. */
  tick(now) {
    if (!this.over) {
      put(this.at.duration, time(now - Date.parse(this.session.since)));
    }
  }

  #trouble() {
    const troubles = this.session.translation_unavailable.map((lane) => `not translated just now: ${this.#direction(lane)}`);
    if (this.session.state === 'talking' && !this.session.audio_attached) {
      troubles.push('the two talk without us');
    }
    return troubles.join('; ');
  }

  #direction(lane) {
    const { caller_language: from, destination_language: to } = this.session;
    return lane === LANES.forth ? `${from} → ${to}` : `${to} → ${from}`;
  }

  #level(party) {
    const level = this.over ? null : this.levels?.[party];
    const meter = this.at[`${party}-level`];
    const dbov = level?.dbov ?? null;
    const value = Math.max(-60, Math.min(0, dbov ?? -60));
    if (meter.value !== value) {
      meter.value = value;
    }
    set(meter, 'aria-label', `level of the ${party}, ${this.name}`);
    put(this.at[`${party}-dbov`], dbov === null ? '–' : `${Math.round(dbov)} dBov${level.clipped > 0 ? ', clipped' : ''}`);
  }

  /** What the time of the last translation was spent on. */
  #delays() {
    const durations = this.session.spans?.durations;
    if (!durations) {
      return '';
    }
    const stages = STAGES.filter((stage) => durations[`${stage}_ms`] !== undefined).map((stage) => [stage, durations[`${stage}_ms`]]);
    const all = stages.reduce((sum, [, millis]) => sum + millis, 0);
    return `Last translation after ${all} ms: ${stages.map(([stage, millis]) => `${stage} ${millis}`).join(', ')}`;
  }

  #buttons(from, to) {
    const interpreted = !this.over && this.session.state === 'talking' && from !== to;
    for (const [button, lane] of Object.entries(LANES)) {
      const element = this.at[button];
      const text = `Interpret ${this.#direction(lane)}`;
      element.hidden = !interpreted || (button === 'back' && !this.session.relay);
      put(element, text);
      set(element, 'aria-label', `${text}, ${this.name}`);
      set(element, 'aria-pressed', String(!this.#isOff(lane)));
    }
    set(this.at.end, 'aria-label', `End the call, ${this.name}`);
    this.at.end.disabled = this.over;
  }

  #showCaptions() {
    const list = this.at.captions;
    list.hidden = this.captions.size === 0;
    set(list, 'aria-label', `Captions, ${this.name}`);
    while (list.childElementCount > this.captions.size) {
      list.lastElementChild.remove();
    }
    let item = list.firstElementChild;
    for (const caption of this.captions.values()) {
      item ??= list.appendChild(captionItem());
      const [said, translated] = item.children;
      item.className = caption.lane === LANES.forth ? 'forth' : 'back';
      set(said, 'lang', caption.source_language);
      set(translated, 'lang', caption.target_language);
      put(said, caption.said ?? '…');
      put(translated, caption.skipped ? '(not spoken, too late)' : caption.translated ?? '…');
      item = item.nextElementSibling;
    }
  }
}

function captionItem() {
  const item = document.createElement('li');
  for (const name of ['said', 'translated']) {
    item.appendChild(Object.assign(document.createElement('p'), { className: name }));
  }
  return item;
}
