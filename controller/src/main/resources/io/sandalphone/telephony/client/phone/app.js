// The page: what is seen and pressed.

import { Call, callIdOf } from '/phone/call.js';
import { NoMicrophone, openSound } from '/phone/sound.js';
import { has, isOwn, nameOf, translate, word } from '/phone/words.js';

const at = (id) => document.getElementById(id);
const ticket = new URLSearchParams(location.hash.slice(1)).get('t') ?? '';
const callId = callIdOf(ticket);

let call;
let sound;
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
  at('again').addEventListener('click', join);
  at('mute').addEventListener('click', mute);
  at('hangup').addEventListener('click', () => call.hangUp());
  if (!callId) {
    show('loading');
    at('state').hidden = true;
    trouble('no-link', false);
    return;
  }
  const { languages } = await (await fetch('/phone/settings.json')).json();
  const own = JSON.parse(atob(ticket.split('.')[0].replace(/-/g, '+').replace(/_/g, '/'))).l;
  for (const tag of languages) {
    at('language').add(new Option(nameOf(tag), tag, false, tag === own));
  }
  if (!own && !languages.includes(own)) {
    at('language').value = languages.find(isOwn) ?? languages[0];
  }
  at('join').hidden = false;
  show('idle');
}

async function join() {
  at('trouble').hidden = true;
  at('join').hidden = true;
  show('connecting');
  await sound?.close();
  try {
    sound = await openSound((pcm) => call?.send(pcm), report);
  } catch (failure) {
    at('join').hidden = false;
    show('idle');
    trouble(failure instanceof NoMicrophone ? failure.code : 'microphone-missing');
    return;
  }
  sound.split(true);
  sound.mute(muted);
  call = new Call(ticket, callId, at('language').value, {
    ready: ready,
    sound: (pcm) => sound.play(pcm),
    transcript: transcript,
    state: state,
    delay: (millis) => (network = millis),
    lost: () => show('lost'),
    over: over,
  });
}

function ready() {
  at('call').hidden = false;
  at('words').hidden = false;
  if (at('state').dataset.state === 'lost') {
    show('back');
  }
}

function state(name, message) {
  if (message.role) {
    role = message.role;
  }
  if (has(`state.${name}`)) {
    show(name);
  }
}

function over(code) {
  sound.close();
  sound = undefined;
  call = undefined;
  at('call').hidden = true;
  show('ended');
  if (code !== 'ended') {
    trouble(code, !LAST_TROUBLES.includes(code));
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
function transcript({ role: speaker, language, text, translation, utterance, delayMillis }) {
  const id = `said-${speaker}-${utterance}`;
  const item = at(id) ?? at('transcript').appendChild(Object.assign(document.createElement('li'), { id }));
  const own = speaker === role;
  item.className = own ? 'own' : 'other';
  const lines = [
    ['who', `${word(own ? 'you' : 'other')} · ${nameOf(language)}`, undefined],
    ['text', text, language],
    ['translation', translation, undefined],
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
