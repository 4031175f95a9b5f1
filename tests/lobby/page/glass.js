// The kiosk's glass: a canvas that shows it, and brings fingers and keys back.

const keys = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Enter: 'select', ' ': 'select',
  '+': 'louder', '-': 'quieter', F1: 'help',
};

export function openGlass(canvas, send) {
  const context = canvas.getContext('2d', {alpha: false});
  const waiting = [];
  let sending = false;

  // One post at a time, with everything that happened meanwhile: touches stay in order, and a drawn line keeps up.
  async function flush() {
    if (sending) return;
    sending = true;
    while (waiting.length) await send(waiting.splice(0));
    sending = false;
  }
  function give(event) {
    waiting.push(event);
    flush();
  }

  function touch(phase, event) {
    const box = canvas.getBoundingClientRect();
    give({
      touch: phase, finger: 0,
      x: Math.round((event.clientX - box.left) * canvas.width / box.width),
      y: Math.round((event.clientY - box.top) * canvas.height / box.height),
    });
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus();
    touch('down', event);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!event.isPrimary || !event.buttons) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) touch('move', each);
  });
  canvas.addEventListener('pointerup', (event) => event.isPrimary && touch('up', event));
  canvas.addEventListener('pointercancel', (event) => event.isPrimary && touch('lost', event));
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener('keydown', (event) => {
    if (!(event.key in keys) || event.repeat) return;
    event.preventDefault();
    give({key: keys[event.key]});
  });

  // Pictures are decoded beside each other but painted in the order they came.
  let painted = Promise.resolve();
  return {
    paint(content) {
      const view = new DataView(content.buffer, content.byteOffset);
      const [x, y, width, height] = [0, 2, 4, 6].map((at) => view.getUint16(at));
      const picture = createImageBitmap(new Blob([content.subarray(8)], {type: 'image/png'}));
      painted = painted.then(async () => {
        if (x === 0 && y === 0 && (width > canvas.width || height > canvas.height || width * height > 1e6)) {
          if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
        }
        context.drawImage(await picture, x, y);
      }).catch(() => {});
    },
  };
}
