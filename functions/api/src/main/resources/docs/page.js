// Shows the OpenAPI document. Everything from the document enters the page as text, never as markup.
'use strict';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head'];
const REFERENCES_MAX = 8;

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function resolver(contract) {
  return function resolve(node, left = REFERENCES_MAX) {
    if (!node || !node.$ref || left === 0) return node || {};
    const path = node.$ref.replace('#/', '').split('/');
    return resolve(path.reduce((at, part) => (at || {})[part.replace(/~1/g, '/').replace(/~0/g, '~')], contract), left - 1);
  };
}

function shape(schema, resolve, left = REFERENCES_MAX) {
  const it = resolve(schema);
  if (it.example !== undefined) return it.example;
  if (it.examples && it.examples.length) return it.examples[0];
  if (it.const !== undefined) return it.const;
  if (it.enum) return it.enum.join(' | ');
  if (left === 0) return '…';
  if (it.allOf) return Object.assign({}, ...it.allOf.map(part => shape(part, resolve, left - 1)));
  if (it.oneOf || it.anyOf) return shape((it.oneOf || it.anyOf)[0], resolve, left - 1);
  if (it.properties) {
    return Object.fromEntries(Object.entries(it.properties).map(([name, part]) => [name, shape(part, resolve, left - 1)]));
  }
  if (it.items) return [shape(it.items, resolve, left - 1)];
  return [].concat(it.type || 'any').join(' | ');
}

function example(media, resolve) {
  if (media.example !== undefined) return media.example;
  const named = Object.values(media.examples || {})[0];
  return named ? resolve(named).value : shape(media.schema, resolve);
}

function content(body, resolve) {
  return Object.entries(resolve(body).content || {}).flatMap(([type, media]) => {
    const shown = example(media, resolve);
    return [
      element('p', '', element('code', type)),
      element('pre', typeof shown === 'string' ? shown : JSON.stringify(shown, null, 2)),
    ];
  });
}

function parameters(list, resolve) {
  if (!list.length) return [];
  const rows = list.map(resolve).map(it =>
    element('tr', '',
      element('td', '', element('code', it.name)),
      element('td', it.in + (it.required ? ', required' : '')),
      element('td', it.description || '')));
  return [element('h4', 'Parameters'), element('table', '', ...rows)];
}

function operation(method, path, shared, it, resolve) {
  const verb = element('span', method.toUpperCase());
  verb.className = 'method';
  const made = element('details', '',
    element('summary', '', element('code', '', verb, ' ' + path), it.summary || ''),
    element('p', it.description || ''),
    ...parameters([...(shared || []), ...(it.parameters || [])], resolve));
  if (it.requestBody) made.append(element('h4', 'Request'), ...content(it.requestBody, resolve));
  for (const [status, answer] of Object.entries(it.responses || {})) {
    made.append(element('h4', status + ' ' + (resolve(answer).description || '')), ...content(answer, resolve));
  }
  if (it.deprecated) made.className = 'deprecated';
  made.dataset.words = [method, path, it.summary, it.description].join(' ').toLowerCase();
  return made;
}

function show(contract) {
  const resolve = resolver(contract);
  const byTag = new Map();
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const method of METHODS.filter(name => item[name])) {
      const tag = (item[method].tags || ['Other'])[0];
      if (!byTag.has(tag)) byTag.set(tag, []);
      byTag.get(tag).push(operation(method, path, item.parameters, item[method], resolve));
    }
  }
  document.getElementById('title').textContent = contract.info.title + ' ' + contract.info.version;
  document.getElementById('description').textContent = contract.info.description || '';
  document.getElementById('operations').replaceChildren(
    ...[...byTag].map(([tag, operations]) => element('section', '', element('h2', tag), ...operations)));
}

document.getElementById('search').addEventListener('input', event => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  for (const it of document.querySelectorAll('details')) {
    it.hidden = !words.every(word => it.dataset.words.includes(word));
  }
});

fetch('/docs/openapi.json')
  .then(answer => answer.json())
  .then(show)
  .catch(problem => document.getElementById('operations').replaceChildren(element('p', 'The contract cannot be read: ' + problem)));
