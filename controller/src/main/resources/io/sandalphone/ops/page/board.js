// All calls. Rows are changed in place, those that changed alone, at most once for each frame that the screen shows.

import { Row } from '/page/row.js';

const STAYS = 4000; // ms that a call which has ended is still shown

export class Board {
  #rows = new Map();
  #changed = new Set();
  #scheduled = false;
  #filter = '';
  #skew = 0;

  /** `places` are the elements: list, template, count, title; `does` is what rows ask for. */
  constructor(places, does) {
    this.places = places;
    this.does = does;
    setInterval(() => this.#rows.forEach((row) => row.tick(this.#now())), 1000);
  }

  /** All that live, in the place of what was there. */
  snapshot(sessions) {
    const live = new Set(sessions.map(({ id }) => id));
    for (const [id, row] of this.#rows) {
      if (!live.has(id)) {
        this.#remove(id, row);
      }
    }
    for (const session of sessions) {
      this.session(session);
      // One that was left goes on with the gateway after that one.
      this.#rows.get(session.id).over = false;
    }
  }

  /** What time it is at the gateway. */
  clock(millis) {
    this.#skew = millis - Date.now();
  }

  session(session) {
    const row = this.#rows.get(session.id);
    if (row) {
      row.take(session);
      this.#change(row);
    } else {
      const begun = new Row(this.places.template, session, this.does);
      this.#rows.set(session.id, begun);
      this.#change(begun);
    }
  }

  levels(all) {
    for (const { call, levels } of all) {
      this.#with(call, (row) => row.takeLevels(levels));
    }
  }

  caption(caption) {
    this.#with(caption.call, (row) => row.caption(caption));
  }

  ended({ call, result, reason }) {
    this.#with(call, (row) => {
      row.ended(result, reason);
      setTimeout(() => row.over && this.#remove(call, row), STAYS);
    });
  }

  /** It is not there any more; one that said how it ended goes a little later. */
  gone(call) {
    const row = this.#rows.get(call);
    if (row && !row.over) {
      this.#remove(call, row);
    }
  }

  filter(text) {
    this.#filter = text.trim().toLowerCase();
    this.#rows.forEach((row) => this.#change(row));
  }

  clear() {
    this.#rows.forEach((row, id) => this.#remove(id, row));
  }

  #now() {
    return Date.now() + this.#skew;
  }

  #with(call, change) {
    const row = this.#rows.get(call);
    if (row) {
      change(row);
      this.#change(row);
    }
  }

  #remove(id, row) {
    if (this.#rows.get(id) !== row) {
      return;
    }
    this.#rows.delete(id);
    this.#changed.delete(row);
    // The keyboard is not lost with the row on which it was.
    if (row.element.contains(document.activeElement)) {
      this.places.title.focus();
    }
    row.element.remove();
    this.#schedule();
  }

  #change(row) {
    this.#changed.add(row);
    this.#schedule();
  }

  #schedule() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      // A page that nobody sees gets no frames, and needs none; it is kept up to date all the same.
      const soon = document.hidden ? (go) => setTimeout(go, 500) : requestAnimationFrame;
      soon(() => this.#render());
    }
  }

  #render() {
    this.#scheduled = false;
    const now = this.#now();
    const begun = document.createDocumentFragment();
    for (const row of this.#changed) {
      row.render(now);
      row.element.hidden = !row.words.includes(this.#filter);
      if (!row.element.isConnected) {
        begun.append(row.element);
      }
    }
    this.#changed.clear();
    this.places.list.append(begun);
    this.#count();
  }

  #count() {
    const all = this.#rows.size;
    let text = all === 0 ? 'No calls' : all === 1 ? '1 call' : `${all} calls`;
    if (this.#filter) {
      text += `, ${[...this.#rows.values()].filter((row) => !row.element.hidden).length} shown`;
    }
    if (this.places.count.textContent !== text) {
      this.places.count.textContent = text;
    }
  }
}
