// The page: what is seen and pressed.

import { Call, read } from '/phone/call.js';
import { NoMicrophone, openSound } from '/phone/sound.js';
import { has, isOwn, nameOf, translate, word } from '/phone/words.js';

const at = (id) => document.getElementById(id);
const ticket = new URLSearchParams(location.hash.slice(1)).get('t') ?? '';
const { c: callId, l: own, t: calls, s: standsBy } = read(ticket);

let call;
let sound;
// Whether this page waits for calls, and is to go on when one is over.
let waits = false;
let left = false;
let talks = false;
let role;
let muted = false;
let network = 0;

function show(state) {
  at('state').dataset.state = state;
  at('state').textContent = word(`state.${state}`);
}

/** Says what is wrong and what to do. With `again` there is something to try. */
function trouble(code, again = true) {
  at('trouble-text').textContent = word(has(`trouble.${code}`) ? `trouble.${code}` : 'trouble.gone');
  at('trouble').dataset.code = code;
  at('trouble').hidden = false;
  at('again').hidden = !again;
  if (again) {
    at('again').focus();
  }
}

const LAST_TROUBLES = ['ticket-expired', 'ticket-used', 'ticket-invalid', 'no-link', 'insecure'];

async function start() {
  translate(document);
  addEventListener('hashchange', () => location.reload());
  at('join').addEventListener('submit', (event) => {
    event.preventDefault();
    join();
  });
  at('number').addEventListener('input', nameEntrance);
  at('again').addEventListener('click', join);
  at('mute').addEventListener('click', mute);
  at('hangup').addEventListener('click', () => call.hangUp());
  at('answer').addEventListener('click', () => call.answer());
  at('decline').addEventListener('click', () => call.decline());
  at('leave').addEventListener('click', leave);
  const { languages } = await (await fetch('/phone/settings.json')).json();
  for (const tag of languages) {
    at('language').add(new Option(nameOf(tag), tag, false, tag === own));
  }
  if (!languages.includes(own)) {
    const base = own?.slice(0, 2);
    at('language').value = languages.find((tag) => tag.slice(0, 2) === base) ?? languages.find(isOwn) ?? languages[0];
  }
  at('operator').hidden = Boolean(callId);
  at('token').required = !callId;
  nameEntrance();
  at('join').hidden = false;
  if (!callId) {
    show('operator');
    trouble('no-link', false);
  } else {
    showIdle();
  }
}

function showIdle() {
  show(standby() ? 'standby-idle' : calls || !callId ? 'call-idle' : 'idle');
}

/** What this page stands by for; nothing when it does not. */
const standby = () => standsBy ?? (callId || at('number').value.trim() ? undefined : '*');

/** What the button does. The languages of a call that comes are those of its route. */
function nameEntrance() {
  const what = standby() ? 'wait' : calls || !callId ? 'call' : 'join';
  at('enter').textContent = word(what);
  at('own').hidden = Boolean(standby());
}

/** What lets this page in, and what it wants. */
function init() {
  const to = at('number').value.trim();
  return {
    callId: callId ?? crypto.randomUUID(),
    languageHint: standby() ? 'auto' : at('language').value,
    ...(callId ? { ticket } : { token: at('token').value, ...(to ? { to } : {}) }),
    ...(standby() ? { standby: standby() } : {}),
  };
}

async function join() {
  at('trouble').hidden = true;
  at('join').hidden = true;
  left = false;
  show('connecting');
  await sound?.close();
  try {
    sound = await openSound((pcm) => call?.send(pcm), report);
  } catch (failure) {
    at('join').hidden = false;
    showIdle();
    trouble(failure instanceof NoMicrophone ? failure.code : 'microphone-missing');
    return;
  }
  sound.split(true);
  sound.mute(muted);
  waits = Boolean(standby());
  connect();
}

function connect() {
  talks = !waits;
  call = new Call(init(), {
    ready: ready,
    sound: (pcm) => sound.play(pcm),
    transcript: transcript,
    state: state,
    delay: (millis) => (network = millis),
    lost: () => {
      rings(false);
      show('lost');
    },
    over: over,
  });
}

/** Waits for calls no longer. */
function leave() {
  left = true;
  call.hangUp();
}

function ready() {
  at('call').hidden = !talks;
  at('words').hidden = !talks && at('transcript').childElementCount === 0;
  at('standing').hidden = talks;
  if (at('state').dataset.state === 'lost') {
    show('back');
  }
}

function state(name, message) {
  if (message.role) {
    role = message.role;
  }
  if (message.language) {
    at('languages').textContent = spoken(message);
  }
  if (has(`state.${message.reason ?? name}`)) {
    show(message.reason ?? name);
  }
  rings(name === 'incoming', message);
  if (!talks && name === 'talking') {
    talks = true;
    at('transcript').replaceChildren();
    at('standing').hidden = true;
    at('call').hidden = false;
    at('words').hidden = false;
    at('mute').focus();
  }
}

const spoken = ({ language, otherLanguage }) => word('spoken', nameOf(language), nameOf(otherLanguage));

/** Shows and sounds that a call rings here, or does not any more. */
function rings(does, message) {
  if (does === !at('incoming').hidden) {
    return;
  }
  at('incoming').hidden = !does;
  sound?.ring(does);
  document.title = does ? `☎ ${word('incoming')}` : word('title');
  if (does) {
    at('incoming-who').textContent = [message.name, message.from].filter(Boolean).join(' · ') || word('unknownCaller');
    at('incoming-languages').textContent = spoken(message);
    at('answer').focus();
  }
}

function over(code) {
  rings(false);
  at('call').hidden = true;
  at('standing').hidden = true;
  if (waits && code === 'ended' && !left) {
    // The call is over; the next one may come.
    connect();
    return;
  }
  sound.close();
  sound = undefined;
  call = undefined;
  show('ended');
  if (left) {
    at('join').hidden = false;
    showIdle();
  } else if (code !== 'ended') {
    trouble(code, !LAST_TROUBLES.includes(code));
  }
  if (code === 'not-admitted') {
    at('join').hidden = false;
  }
}

function mute() {
  muted = !muted;
  sound.mute(muted);
  at('mute').setAttribute('aria-pressed', String(muted));
  at('mute').textContent = word(muted ? 'muted' : 'mute');
}

/** Levels as the ear has them: from -50 dB. */
const loudness = (peak) => Math.max(0, 1 + Math.log10(Math.max(peak, 1e-5)) / 2.5);

function report({ mine, theirs, waiting }) {
  at('mine').value = loudness(mine);
  at('theirs').value = loudness(theirs);
  // There and back again is twice the way of the sound.
  at('delay').textContent = word('millis', Math.round(network / 2 + waiting));
}

/** One utterance; a later message about the same one replaces the earlier. */
function transcript({ role: speaker, language, text, translation, utterance, delayMillis, skipped }) {
  const id = `said-${speaker}-${utterance}`;
  const item = at(id) ?? at('transcript').appendChild(Object.assign(document.createElement('li'), { id }));
  const own = speaker === role;
  item.className = own ? 'own' : 'other';
  const lines = [
    ['who', `${word(own ? 'you' : 'other')} · ${nameOf(language)}`, undefined],
    ['text', text, language],
    ['translation', skipped ? word('skipped') : translation, undefined],
  ];
  item.replaceChildren(...lines.filter(([, content]) => content).map(([className, content, lang]) => {
    const line = Object.assign(document.createElement('p'), { className, textContent: content });
    if (lang) {
      line.lang = lang;
    }
    return line;
  }));
  item.scrollIntoView({ block: 'nearest' });
  if (delayMillis !== undefined) {
    at('translation-delay').textContent = word('millis', delayMillis);
  }
}

start();
