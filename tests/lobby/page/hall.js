// The hall beside the kiosk: cards, faces, printers, scanner, network. Shows the stations' state and turns their knobs.

const byId = (id) => document.getElementById(id);
let turn = () => {};
let hall = {};

function element(kind, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(kind), attributes);
  made.append(...children);
  return made;
}

/** Replaces the children only when what they show has changed, so that nothing flickers or loses the focus. */
function fill(parent, shown, make) {
  const key = JSON.stringify(shown);
  if (parent.dataset.shown === key) return;
  parent.dataset.shown = key;
  parent.replaceChildren(...make());
}

export function wireHall(turnKnob) {
  turn = turnKnob;
  document.addEventListener('click', (event) => {
    const order = event.target.closest('[data-turn]')?.dataset.turn;
    if (!order) return;
    const [knob, ...value] = order.split(' ');
    turn(...knob.split('.'), value.join(' '));
  });
  for (const group of document.querySelectorAll('[data-knob]')) {
    group.append(...group.dataset.values.split(',').map((entry, index) => {
      const [value, label] = entry.split(':');
      const button = element('button', {textContent: label, className: index ? 'trouble' : ''});
      button.dataset.turn = `${group.dataset.knob} ${value}`;
      button.dataset.value = value;
      return button;
    }));
  }
  for (const row of document.querySelectorAll('[data-plug]')) row.append(element('button'));
  byId('code-form').addEventListener('submit', (event) => {
    event.preventDefault();
    turn('scanner', 'show', new FormData(event.target).get('code'));
  });
  wirePad(byId('pad'));
}

function wirePad(pad) {
  pad.addEventListener('dragover', (event) => {
    event.preventDefault();
    pad.classList.add('over');
  });
  pad.addEventListener('dragleave', () => pad.classList.remove('over'));
  pad.addEventListener('drop', (event) => {
    event.preventDefault();
    pad.classList.remove('over');
    turn('reader', 'card', event.dataTransfer.getData('text/plain'));
  });
}

export function showHall(state) {
  hall = state;
  byId('off').hidden = state.kiosk?.running !== false;
  showCards();
  showFaces();
  showCodes();
  showSlips();
  showDocuments();
  showInvited();
  showCases();
  for (const group of document.querySelectorAll('[data-knob]')) {
    const [station, knob] = group.dataset.knob.split('.');
    for (const button of group.children)
      button.setAttribute('aria-pressed', hall[station]?.[knob] === button.dataset.value);
  }
  for (const row of document.querySelectorAll('[data-plug]')) showPlug(row);
}

function showPlug(row) {
  const station = row.dataset.plug;
  const plugged = hall[station]?.plugged !== false;
  const button = row.firstChild;
  button.textContent = plugged ? 'Plugged in 已连接' : 'Unplugged 已拔出';
  button.setAttribute('aria-pressed', plugged);
  button.dataset.turn = `${station}.plug ${plugged ? 'off' : 'on'}`;
}

const kinds = {
  resident: ['', '居民身份证'], hk_mo_tw: ['permit', '港澳台居民居住证 J'],
  foreign_2017: ['foreign', '外国人永居证 I'], foreign_2023: ['foreign', '外国人永居证 Y'],
};

function card(person) {
  const [look, kind] = kinds[person.kind] ?? ['', ''];
  return element('div', {className: `card ${look}`, title: person.story},
    element('img', {src: `/exhibit/camera/${person.id}.jpg`, alt: '', draggable: false}),
    element('div', {}, element('b', {textContent: person.name}), element('small', {textContent: kind}),
      element('small', {textContent: person.story})));
}

function showCards() {
  const people = hall.people?.people ?? [];
  const lying = hall.reader?.card ?? 'none';
  fill(byId('cards'), [people, lying], () => people.map((person) => {
    const made = card(person);
    made.draggable = true;
    made.tabIndex = 0;
    made.dataset.turn = `reader.card ${person.id}`;
    made.classList.toggle('lying', person.id === lying);
    made.addEventListener('dragstart', (event) => event.dataTransfer.setData('text/plain', person.id));
    made.addEventListener('keydown', (event) => event.key === 'Enter' && made.click());
    return made;
  }));
  const pad = byId('pad');
  pad.classList.toggle('full', lying !== 'none');
  fill(pad, [lying, people], () => {
    const person = people.find(({id}) => id === lying);
    if (!person) return [element('span', {innerText: padWords[lying] ?? padWords.none})];
    const made = card(person);
    made.dataset.turn = 'reader.card none';
    return [made];
  });
}
const padWords = {none: 'Card reader\n读卡区', several: 'Two cards\n两张卡', other: 'A bus card\n公交卡'};

function showFaces() {
  const people = hall.people?.people ?? [];
  const standing = hall.camera?.who ?? 'nobody';
  fill(byId('faces'), [people, standing], () => {
    const choices = [['nobody', 'Nobody 无人'], ...people.map(({id, name}) => [id, name]), ['two', 'Two 两人']];
    return choices.map(([id, name]) => {
      const picture = people.some((person) => person.id === id)
        ? element('img', {src: `/exhibit/camera/${id}.jpg`, alt: ''}) : element('i');
      const button = element('button', {className: 'face'}, picture, name);
      button.dataset.turn = `camera.who ${id}`;
      button.setAttribute('aria-pressed', id === standing);
      return button;
    });
  });
}

function showCodes() {
  const {codes = [], slips = [], pin = ''} = hall.scanner ?? {};
  fill(byId('codes'), [codes, slips], () => [
    ...codes.map(({label, code}) => ['show ' + code, `${label}, PIN ${pin}`]),
    ...slips.map((number) => ['slip ' + number, `Slip ${number} 凭条`]),
  ].map(([order, label]) => {
    const button = element('button', {textContent: label});
    button.dataset.turn = 'scanner.' + order;
    return button;
  }));
}

function showSlips() {
  const count = hall.receipt_printer?.slips ?? 0;
  fill(byId('slips'), count, () => Array.from({length: count}, (_, index) => count - index).map((number) => {
    const picture = element('img', {src: `/exhibit/receipt_printer/${number}.png`, alt: `Slip ${number}`});
    picture.addEventListener('click', () => enlarge(picture.src));
    return picture;
  }));
}

function enlarge(source) {
  const viewer = byId('viewer');
  viewer.querySelector('img').src = source;
  viewer.showModal();
}

function showDocuments() {
  const count = hall.document_printer?.documents ?? 0;
  fill(byId('documents'), count, () => Array.from({length: count}, (_, index) => count - index).map((number) =>
    element('a', {href: `/exhibit/document_printer/${number}.pdf`, target: '_blank', textContent: `PDF ${number}`})));
}

function showInvited() {
  const invited = hall.registry?.invited ?? [];
  fill(byId('invited'), invited, () => invited.map(({party, name, phone, agreed}) => {
    const button = element('button', {disabled: agreed,
      textContent: `${name} ${phone}: ${agreed ? 'has agreed 已同意' : 'Agrees 同意'}`});
    button.dataset.turn = `registry.agree ${party}`;
    return button;
  }));
}

function showCases() {
  const cases = hall.registry?.cases ?? [];
  fill(byId('cases'), cases, () => cases.map(({number, service, stage}) => element('tr', {},
    element('td', {}, element('a', {href: `/exhibit/registry/${number}.json`, target: '_blank', textContent: number})),
    element('td', {textContent: service}), element('td', {textContent: stage}))));
}
