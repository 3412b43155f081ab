// Starts the program on a free port, with a store of its own: the shipped demo, or another configuration.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const demo = fileURLToPath(new URL('../../config/gateway.yaml', import.meta.url));

/**
 * Starts the demo, or the configuration `text`. Resolves to its `url` and `stop()`, which resolves to the exit code. `records`: files to
 * load into the backend `local` first, by what they are: `{ 'rocketchat:user': path }`.
 */
export async function startParley(text, records = {}) {
  const data = await mkdtemp(join(tmpdir(), 'parley-browser-'));
  const config = text === undefined ? demo : join(data, 'gateway.yaml');
  if (text !== undefined) await writeFile(config, text);
  const env = { ...process.env, PARLEY_DATA: data, PARLEY_ADMIN: '127.0.0.1:0' };
  for (const [shape, file] of Object.entries(records)) {
    await promisify(execFile)(process.env.PARLEY, ['load', '--config', config, '--backend', 'local', '--from', shape, file], { env });
  }
  const child = spawn(process.env.PARLEY, ['serve', '--config', config, '--listen', '127.0.0.1:0'], { env });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`parley ended with ${code}:\n${said}`)));
  });
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
      child.kill('SIGTERM');
      const code = await gone;
      await rm(data, { recursive: true, force: true });
      return code;
    },
  };
}

/** Rocket.Chat's agent of the vendor's example, as a user of the configuration below, and the file with the record. */
export const agent = {
  id: 'rbAXPnMktTFbNpwtJ', username: 'rocket.agent', name: 'Livechat Agent',
  headers: { 'X-User-Id': 'rbAXPnMktTFbNpwtJ', 'X-Auth-Token': 'agent-token' },
  record: { 'rocketchat:user': fileURLToPath(new URL('../../adapters/rocketchat/samples/user.json', import.meta.url)) },
};

const users = `[{id: "${agent.id}", token: "${agent.headers['X-Auth-Token']}"}]`;

/** One store in both profiles of Rocket.Chat, the old one at /pimenta. */
export const twoProfiles = `
server: {listen: ["127.0.0.1:0"]}
backends: {local: {kind: sqlite, path: "\${PARLEY_DATA}/parley.db"}}
routes:
  - {name: now, facade: rocketchat, backend: local, auth: {users: ${users}}}
  - {name: old, facade: rocketchat, profile: "0.70", prefix: /pimenta, backend: local, auth: {users: ${users}}}
`;

/** Registers a visitor and opens a chat for the visitor, by plain HTTP. */
export async function arrive(url, visitor) {
  const registered = await fetch(`${url}/api/v1/livechat/visitor`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ visitor }),
  });
  if (!registered.ok) throw new Error(await registered.text());
  const opened = await fetch(`${url}/api/v1/livechat/room?token=${encodeURIComponent(visitor.token)}`);
  if (!opened.ok) throw new Error(await opened.text());
  return { visitor: (await registered.json()).visitor, room: (await opened.json()).room };
}
