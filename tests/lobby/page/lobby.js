// The lobby's page. The glass comes as pictures of what changed and the hall's state as JSON, over one stream that is
// opened again when it ends; hands go back as small posts.
import {openGlass} from './glass.js';
import {showHall, wireHall} from './hall.js';

const byId = (id) => document.getElementById(id);

async function post(path, body) {
  const answer = await fetch(path, {method: 'POST', body: JSON.stringify(body)}).catch(() => null);
  if (!answer) return say('The lobby does not answer. 大厅程序没有应答。');
  if (!answer.ok) say((await answer.json()).error);
}

let toastTimer;
function say(text) {
  byId('toast').textContent = text;
  byId('toast').classList.add('up');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => byId('toast').classList.remove('up'), 4000);
}

const turn = (station, knob, value) => post('/turn', {station, knob, value});
const glass = openGlass(byId('glass'), (events) => post('/input', events));
wireHall(turn);

function showPage(page) {
  byId('page-name').textContent = page.connected ? page.name : 'no picture';
  byId('page-title').textContent = page.connected ? page.title : '';
  byId('eye').classList.toggle('seeing', page.name === 'look_at_camera');
}

const text = new TextDecoder();
const handlers = {
  P: (content) => glass.paint(content),
  G: (content) => showPage(JSON.parse(text.decode(content))),
  S: (content) => content.length && showHall(JSON.parse(text.decode(content))),
};

/** Takes the whole messages off the front of what has arrived, and returns the rest. */
function handleMessages(bytes) {
  let at = 0;
  while (bytes.length - at >= 5) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    const length = view.getUint32(1);
    if (bytes.length - at < 5 + length) break;
    handlers[String.fromCharCode(view.getUint8(0))]?.(bytes.slice(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return bytes.slice(at);
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

async function follow() {
  const reader = (await fetch('/stream')).body.getReader();
  let waiting = new Uint8Array();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    waiting = handleMessages(waiting.length ? joined(waiting, value) : value);
  }
}

for (;;) {
  await follow().catch(() => {});
  showPage({connected: false});
  await new Promise((again) => setTimeout(again, 1000));
}
