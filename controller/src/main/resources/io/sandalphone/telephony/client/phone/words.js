// What the page says, in the languages of its interface. Which one is used follows the browser's.

const WORDS = {
  en: {
    title: 'An interpreted call',
    iSpeak: 'I speak',
    join: 'Join the call',
    hint: 'Your browser will ask for the microphone. Headphones sound best.',
    controls: 'The call',
    mute: 'Mute the microphone',
    muted: 'Microphone is muted: switch it on',
    hangUp: 'Hang up',
    again: 'Try again',
    myLevel: 'Microphone',
    theirLevel: 'You hear',
    delay: 'Delay',
    translationDelay: 'Translation after',
    said: 'What is said',
    you: 'You',
    other: 'The other person',
    millis: '{0} ms',
    'state.loading': 'Loading…',
    'state.idle': 'Choose your language and join.',
    'state.connecting': 'Connecting…',
    'state.waiting': 'You are in. Waiting for the other person…',
    'state.ringing': 'It rings…',
    'state.talking': 'You are connected: talk.',
    'state.lost': 'The network is lost. The page is trying to come back by itself; stay here.',
    'state.back': 'The network is back: go on talking.',
    'state.other-lost': 'The other person lost their network. Wait a moment: they may come back.',
    'state.other-back': 'The other person is back: go on talking.',
    'state.untranslated': 'Translation does not work just now. You still hear each other.',
    'state.translated': 'Translation works again.',
    'state.ended': 'The call is over.',
    'trouble.no-link': 'This page needs a link that was made for you. Ask whoever runs this gateway for one, and open the whole link.',
    'trouble.insecure': 'Browsers give the microphone only to secure pages. Open this page by https://, or on the machine itself by http://localhost.',
    'trouble.microphone-refused': 'The microphone is refused. Allow it for this page in the browser’s address bar or settings, then press “Try again”.',
    'trouble.microphone-missing': 'No microphone was found. Plug one in, or close the program that uses it, then press “Try again”.',
    'trouble.ticket-expired': 'This link has expired. Ask whoever sent it for a new one.',
    'trouble.ticket-used': 'This link was used already: its call is over, or somebody is in it by this link. Ask whoever sent it for a new one.',
    'trouble.ticket-invalid': 'This link is not complete, or is not of this gateway. Open the whole link, or ask for a new one.',
    'trouble.call-full': 'Two people are in this call already.',
    'trouble.nobody-came': 'Nobody came. Open the link again when the other person is there.',
    'trouble.congestion': 'The gateway takes no more calls just now. Try again in a few minutes.',
    'trouble.no-route': 'Nobody can be called at this number. Ask whoever made the link.',
    'trouble.busy': 'The other side is busy. Try again later.',
    'trouble.no-answer': 'The other side does not answer. Try again later.',
    'trouble.declined': 'The call was declined.',
    'trouble.failure': 'The call failed, by no fault of yours. Press “Try again”.',
    'trouble.gone': 'The network did not come back in time, and the call may be over. Check your connection, then press “Try again”.',
    'trouble.elsewhere': 'You joined this call in another window. Go on there, or press “Try again” to take it back here.',
  },
  es: {
    title: 'Una llamada con intérprete',
    iSpeak: 'Hablo',
    join: 'Entrar en la llamada',
    hint: 'El navegador pedirá permiso para usar el micrófono. Con auriculares se oye mejor.',
    controls: 'La llamada',
    mute: 'Silenciar el micrófono',
    muted: 'Micrófono silenciado: activarlo',
    hangUp: 'Colgar',
    again: 'Intentar de nuevo',
    myLevel: 'Micrófono',
    theirLevel: 'Se oye',
    delay: 'Retardo',
    translationDelay: 'Traducción tras',
    said: 'Lo que se dice',
    you: 'Usted',
    other: 'La otra persona',
    millis: '{0} ms',
    'state.loading': 'Cargando…',
    'state.idle': 'Elija su idioma y entre.',
    'state.connecting': 'Conectando…',
    'state.waiting': 'Ya está dentro. Esperando a la otra persona…',
    'state.ringing': 'Está sonando…',
    'state.talking': 'Están conectados: hable.',
    'state.lost': 'Se perdió la red. La página intenta volver sola; no la cierre.',
    'state.back': 'La red ha vuelto: siga hablando.',
    'state.other-lost': 'La otra persona perdió la red. Espere un momento: puede volver.',
    'state.other-back': 'La otra persona ha vuelto: siga hablando.',
    'state.untranslated': 'La traducción no funciona en este momento. Siguen oyéndose.',
    'state.translated': 'La traducción funciona de nuevo.',
    'state.ended': 'La llamada ha terminado.',
    'trouble.no-link': 'Esta página necesita un enlace hecho para usted. Pídalo a quien administra este servicio y abra el enlace completo.',
    'trouble.insecure': 'Los navegadores solo dan el micrófono a páginas seguras. Abra esta página con https://, o en el mismo equipo con http://localhost.',
    'trouble.microphone-refused': 'El micrófono está bloqueado. Permítalo para esta página en la barra de direcciones o en los ajustes del navegador y pulse «Intentar de nuevo».',
    'trouble.microphone-missing': 'No se encontró ningún micrófono. Conecte uno, o cierre el programa que lo usa, y pulse «Intentar de nuevo».',
    'trouble.ticket-expired': 'Este enlace ha caducado. Pida uno nuevo a quien se lo envió.',
    'trouble.ticket-used': 'Este enlace ya se usó: la llamada terminó o alguien está en ella con este enlace. Pida uno nuevo a quien se lo envió.',
    'trouble.ticket-invalid': 'Este enlace no está completo o no es de este servicio. Abra el enlace completo o pida uno nuevo.',
    'trouble.call-full': 'Ya hay dos personas en esta llamada.',
    'trouble.nobody-came': 'No vino nadie. Abra el enlace de nuevo cuando esté la otra persona.',
    'trouble.congestion': 'El servicio no admite más llamadas en este momento. Inténtelo en unos minutos.',
    'trouble.no-route': 'No se puede llamar a nadie en este número. Pregunte a quien hizo el enlace.',
    'trouble.busy': 'La línea está ocupada. Inténtelo más tarde.',
    'trouble.no-answer': 'No contestan. Inténtelo más tarde.',
    'trouble.declined': 'Rechazaron la llamada.',
    'trouble.failure': 'La llamada falló, sin culpa suya. Pulse «Intentar de nuevo».',
    'trouble.gone': 'La red no volvió a tiempo y la llamada puede haber terminado. Revise su conexión y pulse «Intentar de nuevo».',
    'trouble.elsewhere': 'Entró en esta llamada desde otra ventana. Siga allí, o pulse «Intentar de nuevo» para continuar aquí.',
  },
};

const language = navigator.languages
  .map((tag) => tag.slice(0, 2).toLowerCase())
  .find((base) => base in WORDS) ?? 'en';

/** Whether there is anything to say under this name. */
export const has = (name) => name in WORDS[language];

/** The words under a name, with what stands in their places. */
export const word = (name, ...values) =>
  (WORDS[language][name] ?? name).replace(/\{(\d)\}/g, (_, place) => values[place]);

/** What a language is called, in the language of the interface. */
export const nameOf = (tag) => new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;

/** The language of the interface, and whether people of it speak `tag`. */
export const isOwn = (tag) => tag.slice(0, 2).toLowerCase() === language;

/** Puts words where the page names them. */
export function translate(page) {
  page.documentElement.lang = language;
  for (const element of page.querySelectorAll('[data-word]')) {
    element.textContent = word(element.dataset.word);
  }
}
