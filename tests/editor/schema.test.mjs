// What an editor shows to the author of a configuration: no complaint in a correct file, one for each mistake, and completions.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';

import { startServer } from './language_server.mjs';

const config = new URL('../../config/', import.meta.url);
const schema = JSON.parse(await readFile(new URL('schema.json', config), 'utf8'));
const examples = (await readdir(new URL('examples/', config))).filter((name) => name.endsWith('.yaml'));
const modeline = '# yaml-language-server: $schema=schema.json\n';

let server;
before(async () => { server = await startServer(); });
after(async () => { await server.stop(); });

/** The URL of a file beside the schema that is not on disk; each call gives another name. */
let count = 0;
const draft = () => { count += 1; return new URL(`draft-${count}.yaml`, config).href; };
const said = (diagnostics) => diagnostics.map((one) => `${one.range.start.line + 1}: ${one.message}`).join('\n');
/** Checks the text with the program. Gives its exit code, and its faults that the schema can know: not that a route lacks something. */
const check = (text) => {
  const env = { ...process.env, F: 'comm100', P: '', L: 'warn', IDLE: '75', LISTEN: '127.0.0.1:80', TOKEN: 'x' };
  const { status, stderr } = spawnSync(process.env.PARLEY, ['check', '--config', '-'], { input: text, env, encoding: 'utf8' });
  const ofValues = (line) => /expected|unknown key|variable/.test(line) && !/requires|can be read/.test(line);
  return { status, refused: stderr.split('\n').filter(ofValues).join('\n') };
};
const complaints = async (text) => said(await server.open(draft(), modeline + text));

describe('no complaint about a shipped file', () => {
  for (const name of ['gateway.yaml', ...examples.map((one) => `examples/${one}`)]) {
    test(name, async () => {
      const url = new URL(name, config);
      const text = await readFile(url, 'utf8');
      assert.match(text, /^# yaml-language-server: \$schema=(\.\.\/)?schema\.json\n/);
      assert.equal(said(await server.open(url.href, text)), '');
    });
  }
});

describe('no complaint about what the program accepts', () => {
  const backend = 'backends:\n  local: {kind: sqlite, path: x.db}\n';
  const good = {
    'a variable for a number': 'server: {workers: "${WORKERS:-2}"}\n',
    'a variable for a boolean': 'backends: {local: {kind: sqlite, demo: "${DEMO:-false}"}}\n',
    'a variable for a word': 'log: {level: "${LEVEL:-info}"}\n',
    'a variable for a kind': 'backends: {local: {kind: "${KIND:-sqlite}"}}\n',
    'a variable for a facade, a profile, a loss': `${backend}routes:\n  - {facade: "\${F}", backend: local, profile: "\${P}", loss: "\${L}"}\n`,
    'a variable for a duration': 'server: {grace: "${GRACE:-10s}", limits: {idle: "${IDLE}s"}}\n',
    'a variable for a size': 'server: {limits: {body: "${BODY:-1MiB}"}}\n',
    'a variable in an address': 'server: {listen: ["${HOST:-127.0.0.1}:8080", "${LISTEN}"]}\n',
    'a variable for a network': 'server: {trusted: "${PROXIES:-10.0.0.0/8}"}\n',
    'a variable for a URL': 'backends: {u: {kind: comm100, url: "${URL:-https://x.example}", auth: "${AUTH:-none}"}}\n',
    'a variable in a secret': 'admin: {listen: "127.0.0.1:9090", token: "a${TOKEN}"}\n',
    'a variable for host and prefix': `${backend}routes:\n  - {facade: comm100, backend: local, host: "\${H:-a.example}", prefix: "\${P:-/crm}"}\n`,
    'one for a list': 'server: {listen: "127.0.0.1:8080", trusted: 10.0.0.0/8}\n',
    'IPv6': 'server: {listen: ["[::1]:8080", "[::]:80"], trusted: ["::1", "2001:db8::/32"]}\n',
    'TLS': 'server: {listen: {address: "0.0.0.0:443", tls: {certificate: c.pem, key: k.pem}}}\n',
    'secrets in files': `${backend}routes:\n  - {facade: comm100, backend: local, auth: {bearer: [{file: /run/secrets/a}, "b"]}}\n`,
    'credentials or none': `${backend}routes:\n  - {facade: comm100, backend: local, auth: none}\n`,
    'profiles as numbers and as text': `${backend}routes:\n  - {facade: rocketchat, backend: local, profile: 0.70}\n  - {facade: rocketchat, backend: local, profile: "8"}\n  - {facade: rocketchat, backend: local, profile: 8}\n`,
    'the longest and the shortest': 'server: {grace: 24h, limits: {idle: 1440m, request: 86400s, headers: 86400000ms, write: 1ms, rate: 0B}}\n',
  };
  for (const [name, text] of Object.entries(good)) {
    test(name, async () => {
      assert.equal(check(text).refused, '');
      assert.equal(await complaints(text), '');
    });
  }
});

describe('a complaint in the right line', () => {
  const route = 'backends:\n  local: {kind: sqlite, path: x.db}\nroutes:\n  - facade: comm100\n    backend: local\n';
  const bad = {
    'an unknown key': ['server: {lisen: "127.0.0.1:80"}\n', /^2: .*lisen/],
    'an unknown kind': ['backends: {local: {kind: sqlit}}\n', /^2: .*"sqlite"/],
    'an unknown facade': ['routes: [{facade: zendesk, backend: a}]\n', /^2: .*"comm100"/],
    'an unknown profile': ['routes: [{facade: rocketchat, backend: a, profile: 9}]\n', /^2: .*"0\.70"/],
    'an unknown style to emit': ['routes: [{facade: comm100, backend: a, emit: zendesk}]\n', /^2: .*"enghouse"/],
    'an unknown loss': [`${route}    loss: lossles\n`, /^7: .*"lossless"/],
    'a backend without a kind': ['backends: {local: {path: x.db}}\n', /^2: .*kind/],
    'a number in words': ['server: {workers: two}\n', /^2: /],
    'a number beyond its range': ['server: {workers: 1025}\n', /^2: .*1024/],
    'a boolean in quotes': ['backends: {local: {kind: sqlite, demo: "true"}}\n', /^2: /],
    'a boolean where text belongs': ['log: {access: true}\n', /^2: /],
    'a boolean where a secret belongs': ['admin: {listen: "127.0.0.1:9090", token: true}\n', /^2: /],
    'a duration without a unit': ['server: {grace: 10}\n', /^2: /],
    'a duration in minutes': ['server: {grace: 2min}\n', /^2: expected a duration/],
    'a duration of more than a day': ['server: {grace: 25h}\n', /^2: expected a duration/],
    'a size in thousands': ['server: {limits: {body: 1MB}}\n', /^2: expected a size/],
    'an address without a port': ['admin: {listen: "127.0.0.1"}\n', /^2: expected HOST:PORT/],
    'a network of 33 bits': ['server: {trusted: 10.0.0.0/33}\n', /^2: expected a network/],
    'a URL without a scheme': ['backends: {u: {kind: comm100, url: chat.example.com}}\n', /^2: expected a URL/],
    'a prefix without a slash': [`${route}    prefix: crm\n`, /^7: expected a path/],
    'a host with a port': [`${route}    host: a.example:80\n`, /^7: expected a host name/],
    'a rate as text': [`${route}    rate_limit: 100/1m\n`, /^7: /],
    'a variable without braces': ['server: {workers: "$WORKERS"}\n', /^2: /],
  };
  for (const [name, [text, expected]] of Object.entries(bad)) {
    test(name, async () => {
      assert.equal(check(text).status, 2);
      assert.match(await complaints(text), expected);
    });
  }
});

describe('completion and hover', () => {
  const offered = (text, rest) => server.complete(draft(), modeline + text, rest);
  const enumeration = (table, key) => schema.$defs[table].properties[key].anyOf[0].enum.map(String);

  test('the kinds of backends, which are the adapters', async () => {
    const kinds = enumeration('backend', 'kind');
    assert.ok(kinds.includes('sqlite') && kinds.includes('rocketchat'));
    const labels = await offered('backends:\n  local:\n    kind: ');
    for (const kind of kinds) assert.ok(labels.includes(kind), `${kind} in ${labels}`);
  });
  for (const [key, table] of [['facade', 'route'], ['emit', 'route'], ['loss', 'route']]) {
    test(`the values of ${key}`, async () => {
      const labels = await offered(`routes:\n  - name: a\n    ${key}: `);
      for (const word of enumeration(table, key)) assert.ok(labels.includes(word), `${word} in ${labels}`);
    });
  }
  test('the profiles', async () => {
    const labels = await offered('routes:\n  - facade: rocketchat\n    profile: ');
    assert.deepEqual(labels.filter((label) => /^"?[0-9]/.test(label)).sort(), ['"0.70"', '"8"'], `${labels}`);
  });
  test('the keys of a section', async () => {
    const labels = await offered('server:\n  ');
    for (const key of Object.keys(schema.$defs.server.properties)) assert.ok(labels.includes(key), `${key} in ${labels}`);
  });
  test('no placeholder for a secret', async () => {
    assert.equal(JSON.stringify(schema).includes('[secret]'), false);
    assert.deepEqual((await offered('admin:\n  listen: "127.0.0.1:9090"\n  token: ')).filter((one) => /secret/.test(one)), []);
  });
  test('hovering over a key shows its meaning', async () => {
    assert.match(await server.hover(draft(), `${modeline}server:\n  grac`, 'e: 10s\n'), /when the gateway stops/);
  });
});
