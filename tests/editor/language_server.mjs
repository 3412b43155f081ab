// Speaks the Language Server Protocol to the published server as an editor does: one process, in which documents are opened.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url));
/** The settings that an editor would send. The server fetches nothing and uses the schema that the file names. */
const settings = { yaml: { validate: true, completion: true, hover: true, schemaStore: { enable: false } } };

/** Starts a server. `open` gives the diagnostics of a text, `complete` the completions and `hover` the help at a place in it. */
export async function startServer() {
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = new Map(); // id of a request -> resolve and reject of its promise
  const told = new Map(); // URI -> resolve of the promise of its diagnostics
  let number = 0;

  const write = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const notify = (method, params) => write({ method, params });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      number += 1;
      answers.set(number, { resolve, reject });
      write({ id: number, method, params });
    });
  const configuration = ({ items }) => items.map(({ section }) => settings[section] ?? null);

  const hear = (message) => {
    if (message.method === 'textDocument/publishDiagnostics') {
      told.get(message.params.uri)?.(message.params.diagnostics);
    } else if (message.method !== undefined && message.id !== undefined) {
      const result = message.method === 'workspace/configuration' ? configuration(message.params) : null;
      write({ id: message.id, result });
    } else if (answers.has(message.id)) {
      const { resolve, reject } = answers.get(message.id);
      answers.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  };

  let received = Buffer.alloc(0);
  child.stdout.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())[1]);
      if (received.length < end + 4 + length) return;
      const body = received.subarray(end + 4, end + 4 + length).toString();
      received = received.subarray(end + 4 + length);
      hear(JSON.parse(body));
    }
  });
  child.on('exit', () => {
    for (const { reject } of answers.values()) reject(new Error('the language server ended'));
  });

  await request('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: { publishDiagnostics: {}, completion: { completionItem: { documentationFormat: ['markdown'] } } },
    },
  });
  notify('initialized', {});

  /** Opens `text` as the file at `uri` and resolves to its diagnostics. */
  const open = (uri, text) =>
    new Promise((resolve) => {
      told.set(uri, resolve);
      notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    });
  const place = (text) => {
    const lines = text.split('\n');
    return { line: lines.length - 1, character: lines.at(-1).length };
  };
  return {
    open,
    /** The labels of the completions at the end of `before`, in the file `before + after`. */
    async complete(uri, before, after = '') {
      await open(uri, before + after);
      const list = await request('textDocument/completion', { textDocument: { uri }, position: place(before) });
      return list.items.map((item) => item.label);
    },
    /** The text shown while the pointer hovers at the end of `before`. */
    async hover(uri, before, after) {
      await open(uri, before + after);
      const shown = await request('textDocument/hover', { textDocument: { uri }, position: place(before) });
      return shown?.contents.value ?? '';
    },
    async stop() {
      await request('shutdown', null);
      const gone = new Promise((resolve) => child.on('exit', resolve));
      notify('exit', null);
      await gone;
    },
  };
}
