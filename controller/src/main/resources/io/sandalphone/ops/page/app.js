// The operators' page: signs in with the token, shows what the gateway tells, and asks it for what an operator presses.

import { Board } from '/page/board.js';
import { Feed, ask } from '/page/feed.js';
import { money } from '/page/row.js';

const KEY = 'sandalphone.token';
const LONGEST_ANSWER = 15000; // ms; the gateway gives up after 10 s
const VERSION = 1; // of what is told
const UNSEEN = 10000; // ms that a tab which nobody sees goes on being told
const at = (id) => document.getElementById(id);

let token = '';
let feed;

const board = new Board(
  { list: at('calls'), template: at('row'), count: at('count'), title: at('calls-title') },
  { end: confirmEnd, interpret },
);

function connection(state, text) {
  at('connection').dataset.state = state;
  // What is shown is what was known last.
  at('board').classList.toggle('stale', state === 'lost' || state === 'resting');
  if (at('connection').textContent !== text) {
    at('connection').textContent = text;
  }
}

function signIn(typed) {
  token = typed;
  at('refused').hidden = true;
  watch();
}

function watch() {
  connection('connecting', 'Connecting …');
  feed = new Feed(token, {
    live() {
      sessionStorage.setItem(KEY, token);
      const typing = at('sign-in').contains(document.activeElement);
      at('sign-in').hidden = true;
      at('token').value = '';
      at('board').hidden = false;
      if (typing) {
        at('calls-title').focus();
      }
      connection('live', 'Live');
    },
    lost(full) {
      connection('lost', full ? 'As many watch as may. Trying again …' : 'The gateway cannot be reached. Trying again …');
    },
    refused() {
      signOut('The token is not the right one.');
    },
    event: take,
  });
}

let unseen;

/** A browser has six connections to a gateway for all its tabs: those that nobody sees leave theirs to the others. */
function seenOrNot() {
  clearTimeout(unseen);
  if (document.hidden) {
    unseen = setTimeout(rest, UNSEEN);
  } else if (token !== '' && !feed) {
    watch();
  }
}

function rest() {
  if (feed) {
    feed.stop();
    feed = undefined;
    connection('resting', 'Goes on when this tab is seen');
  }
}

function signOut(why = '') {
  feed?.stop();
  feed = undefined;
  token = '';
  sessionStorage.removeItem(KEY);
  closeDialog();
  board.clear();
  tell('');
  at('alarms').replaceChildren();
  at('board').hidden = true;
  at('sign-in').hidden = false;
  at('refused').textContent = why;
  at('refused').hidden = why === '';
  connection('signed-out', 'Signed out');
  at('token').focus();
}

/** What the gateway tells; names that are not known here are left out. */
function take(name, data) {
  switch (name) {
    case 'snapshot':
      if (data.version !== VERSION) {
        // The gateway was updated, and has another page.
        location.reload();
        return;
      }
      gateway(data);
      at('captions-allowed').textContent = data.live_captions ? 'shown' : 'not shown (captions.live is off)';
      board.snapshot(data.sessions);
      break;
    case 'gateway':
      gateway(data);
      break;
    case 'session':
      board.session(data);
      break;
    case 'levels':
      board.levels(data.levels);
      break;
    case 'caption':
      board.caption(data);
      break;
    case 'ended':
      board.ended(data);
      break;
    case 'gone':
      board.gone(data.call);
      break;
  }
}

function gateway({ health, carriers, cost_today: cost, at_ms: now }) {
  board.clock(now);
  at('health').textContent = health.status;
  at('cost-today').textContent = money(cost);
  at('carriers').textContent = carriers.map(({ name, available }) => (available ? name : `${name} (not available)`)).join(', ') || 'none';
  alarms((health.checks ?? []).filter(({ up }) => !up));
}

/** The names of what is wrong are told once; reasons may change as often as they like. */
function alarms(wrong) {
  const told = wrong.length === 0 ? 'None' : `${wrong.length}: ${wrong.map(({ name }) => name).join(', ')}`;
  if (at('alarms-told').textContent !== told) {
    at('alarms-told').textContent = told;
  }
  at('alarms').replaceChildren(
    ...wrong.map(({ name, reason, kind }) =>
      Object.assign(document.createElement('li'), {
        className: kind === 'notice' ? 'aside' : '',
        textContent: reason ? `${name}: ${reason}` : name,
      }),
    ),
  );
}

/** Says what became of what the operator asked for. */
function tell(text) {
  at('told').textContent = text;
}

let asked;

function confirmEnd(row) {
  asked = row;
  at('confirm-text').textContent = `End ${row.name}?`;
  at('confirm').showModal();
  at('keep').focus();
}

function closeDialog() {
  at('confirm').close();
  // The keyboard goes back to the button that asked, if its call is still there.
  if (asked && !asked.element.isConnected) {
    at('calls-title').focus();
  }
  asked = undefined;
}

async function end() {
  const row = asked;
  closeDialog();
  if (row) {
    await request('DELETE', `/calls/${encodeURIComponent(row.session.id)}`, undefined, `Ending ${row.name}`);
  }
}

async function interpret(row, lane, on) {
  await request(
    'PUT',
    `/calls/${encodeURIComponent(row.session.id)}/interpretation`,
    { lane, on },
    `Interpretation ${on ? 'on' : 'off'} for ${row.name}`,
  );
}

async function request(method, path, body, done) {
  try {
    const answer = await ask(token, method, path, body, AbortSignal.timeout(LONGEST_ANSWER));
    if (answer.status === 401) {
      signOut('The token is not the right one.');
    } else {
      tell(answer.ok ? done : `Refused: ${(await answer.json()).error}`);
    }
  } catch {
    tell('The gateway did not answer. Try again.');
  }
}

at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  const typed = at('token').value.trim();
  // Nothing else goes into a header.
  if (/^[\x21-\x7e]+$/.test(typed)) {
    feed?.stop();
    signIn(typed);
  } else {
    signOut('The token is not the right one.');
  }
});
at('sign-out').addEventListener('click', () => signOut());
at('keep').addEventListener('click', closeDialog);
at('end').addEventListener('click', end);
document.addEventListener('visibilitychange', seenOrNot);
at('filter').addEventListener('input', () => board.filter(at('filter').value));

const kept = sessionStorage.getItem(KEY);
if (kept) {
  signIn(kept);
  seenOrNot();
} else {
  at('sign-in').hidden = false;
  at('token').focus();
}
