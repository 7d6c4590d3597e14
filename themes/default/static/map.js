// Zoom, filters, position and background of maps, which are whole without this file.
// Enlarged parts below a map stay as they are.
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const numbers = (text) => (text || '').split(/[^-.\d]+/).filter(Boolean).map(Number);
const put = (element, values) => {
  for (const key in values) element.setAttribute(key, values[key]);
  return element;
};
const add = (parent, name, values) => put(parent.appendChild(document.createElementNS(parent.namespaceURI, name)), values);

const start = (figure, svg, template) => {
  svg.parentNode.after(template.content);
  const tools = figure.querySelector('.map-tools');
  const status = tools.querySelector('[role=status]');
  const inputs = [...tools.querySelectorAll('input')];
  const button = (act) => tools.querySelector(`[data-act=${act}]`);
  const marks = [...figure.querySelectorAll('.marks [data-category]')];
  const ground = svg.querySelector('.ground');
  const [, , wide, high] = numbers(svg.getAttribute('viewBox'));
  const [lon, lat, perLon, perLat] = numbers(svg.dataset.proj);
  const [left, top, width, height] = numbers(svg.dataset.ground);
  let [zoom, x, y, moved, me, tiles] = [1, wide / 2, high / 2, 0];

  // Marks and lettering grow less than the ground.
  const still = [...svg.querySelectorAll('.marks > *, g > text[x]')].map((item) => {
    const at = item.getAttribute('x');
    return at ? [item, at, item.getAttribute('y'), 1] : [item, ...numbers(item.getAttribute('transform'))];
  });
  const say = (key, n) => { status.textContent = status.dataset[key].replace('{n}', n); };

  const show = (next = zoom) => {
    zoom = clamp(next, 1, 8);
    const [w, h] = [wide / zoom, high / zoom];
    x = clamp(x, w / 2, wide - w / 2);
    y = clamp(y, h / 2, high - h / 2);
    put(svg, { viewBox: [x - w / 2, y - h / 2, w, h] });
    svg.style.touchAction = zoom > 1 ? 'none' : 'pan-y';
    for (const [item, a, b, own] of still) {
      put(item, { transform: `translate(${a} ${b}) scale(${zoom ** -0.5})${own ? ` translate(-${a} -${b})` : ''}` });
    }
    if (tiles) background(w / 2, h / 2);
  };

  // Tiles of Web Mercator, each put where its own corners lie.
  const background = (w, h) => {
    const [low, highest] = numbers(figure.dataset.zooms);
    const z = clamp(Math.round(Math.log2(perLon * 1.40625 * svg.getBoundingClientRect().width * zoom / wide)), low, highest);
    const count = 2 ** z;
    const side = perLon * 360 / count;
    const west = (lon + 180) * perLon;
    const column = (px) => Math.floor((px + west) / side);
    const row = (py) => Math.floor((1 - Math.asinh(Math.tan((lat - py / perLat) * Math.PI / 180)) / Math.PI) / 2 * count);
    const north = (r) => (lat - Math.atan(Math.sinh(Math.PI * (1 - 2 * r / count))) * 180 / Math.PI) * perLat;
    const old = [...tiles.children];
    for (let r = row(Math.max(top, y - h)); r <= row(Math.min(top + height, y + h) - 0.01); r++) {
      for (let c = column(Math.max(left, x - w)); c <= column(Math.min(left + width, x + w) - 0.01); c++) {
        const href = figure.dataset.tiles.replace('{z}', z).replace('{x}', c).replace('{y}', r);
        const at = old.findIndex((one) => one.getAttribute('href') === href);
        if (at >= 0) old.splice(at, 1);
        else {
          add(tiles, 'image', { x: c * side - west, y: north(r), width: side, height: north(r + 1) - north(r), preserveAspectRatio: 'none', href })
            .onerror = () => say('failed');
        }
      }
    }
    for (const one of old) one.remove();
  };

  const setTiles = (on) => {
    if (tiles) tiles.remove();
    tiles = on && add(svg, 'svg', { x: left, y: top, width, height, viewBox: [left, top, width, height], 'aria-hidden': true });
    if (on) ground.before(tiles);
    svg.classList.toggle('on-tiles', on);
    figure.querySelector('.tiles-credit').hidden = !on;
    put(button('tiles'), { 'aria-pressed': on });
    say(on ? 'tiles' : 'plain');
    show();
  };

  const position = ({ coords }) => {
    const px = (coords.longitude - lon) * perLon;
    const py = (lat - coords.latitude) * perLat;
    const inside = clamp(px, left, left + width) === px && clamp(py, top, top + height) === py;
    if (inside) {
      if (me) still.pop()[0].remove();
      me = add(svg, 'circle', { r: 7, fill: '#fff', stroke: '#000', 'stroke-width': 5 });
      still.push([me, x = px, y = py]);
      show(Math.max(zoom, 2));
    }
    say(inside ? 'here' : 'outside');
  };

  tools.onclick = ({ target }) => {
    const pressed = target.closest('button');
    if (!pressed) return;
    const { act, across = 0, along = 0, by = 1 } = pressed.dataset;
    const before = svg.getAttribute('viewBox');
    if (act === 'tiles') setTiles(!tiles);
    else if (act) {
      say('asking');
      navigator.geolocation.getCurrentPosition(position, () => say('unknown'), { timeout: 15000 });
    } else {
      x += across * wide / zoom / 4;
      y += along * high / zoom / 4;
      show(zoom * by);
      say(before === svg.getAttribute('viewBox') ? 'edge' : 'zoom', zoom.toFixed(1));
    }
  };

  tools.onchange = () => {
    const on = inputs.filter((one) => one.checked).map((one) => one.value);
    let shown = 0;
    for (const mark of marks) {
      const seen = mark.dataset.category.split(' ').some((one) => on.includes(one));
      mark.style.display = seen ? '' : 'none';
      if (seen) shown += numbers(mark.dataset.n).length;
    }
    for (const { value, checked } of inputs) {
      for (const part of document.querySelectorAll(`#c-${value}, .jump [href="#c-${value}"]`)) part.hidden = !checked;
    }
    say('shown', shown);
  };

  // From the list to the map.
  for (const entry of document.querySelectorAll('.entry')) {
    const number = entry.querySelector('.no');
    const mark = number && marks.find((one) => numbers(one.dataset.n).includes(+number.textContent));
    if (!mark) continue;
    const go = document.createElement('button');
    go.className = 'to-map';
    go.textContent = tools.dataset.show;
    put(go, { 'aria-label': `${go.textContent} ${entry.querySelector('a').textContent}` });
    go.onclick = () => {
      const own = still.find(([item]) => item === mark);
      if (own) {
        [, x, y] = own;
        show(Math.max(zoom, 2));
      }
      for (const one of marks) one.classList.toggle('chosen', one === mark);
      mark.focus({ preventScroll: true });
      mark.scrollIntoView({ block: 'center' });
      say('mark', mark.getAttribute('aria-label'));
    };
    entry.append(go);
  }

  // Fingers and mouse; the buttons do the same.
  const held = new Map();
  svg.onpointerdown = (event) => { held.set(event.pointerId, event); moved = 0; };
  svg.onpointermove = (event) => {
    const from = held.get(event.pointerId);
    if (!from || !event.buttons) return held.delete(event.pointerId);
    held.set(event.pointerId, event);
    const other = [...held.values()].find((one) => one !== event);
    const reach = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const unit = wide / zoom / svg.getBoundingClientRect().width / held.size;
    moved += reach(event, from);
    x += (from.clientX - event.clientX) * unit;
    y += (from.clientY - event.clientY) * unit;
    show(other ? zoom * reach(event, other) / reach(from, other) : zoom);
  };
  svg.onpointerup = svg.onpointercancel = ({ pointerId }) => held.delete(pointerId);
  svg.onclick = ({ detail }) => !detail || moved < 8;
  svg.ondragstart = () => false;
  svg.ondblclick = () => show(zoom * 2);

  if (!navigator.geolocation || !perLon) button('here').remove();
  if (button('tiles') && !ground) button('tiles').remove();
  show();
};

for (const figure of document.querySelectorAll('figure.map')) {
  const [svg, template] = [figure.querySelector('svg.map'), figure.querySelector('template')];
  if (svg && template) start(figure, svg, template);
}
