// Runs a script in headless Chromium, on a page of another origin. The page posts the result back to that origin.
import { spawn } from 'node:child_process';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const libraries = {
  '/jquery3.js': join(dirname(require.resolve('jquery')), 'jquery.min.js'),
  '/jquery4.js': join(dirname(require.resolve('jquery4')), 'jquery.min.js'),
  '/fetch-jsonp.js': require.resolve('fetch-jsonp'),
};

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
];

/**
 * Opens a page with the library (`jquery3`, `jquery4`, `fetch-jsonp`) and runs `script`, the body of an async function
 * with the parameter `parley` (Parley's URL). Resolves to what the script returned; rejects with what it threw. The script may wait for
 * `say(what)`, which calls `heard(what)` here and resolves to what that resolves to.
 */
export async function inBrowser(parley, library, script, heard) {
  let answer;
  const answered = new Promise((resolve) => { answer = resolve; });
  const page = `<!doctype html><meta charset="utf-8"><title>another origin</title>
<script src="/${library}.js"></script>
<script>
(async () => {
  const post = (path, what) => fetch(path, { method: 'POST', body: JSON.stringify(what) });
  const tell = (what) => post('/result', what);
  const say = async (what = null) => {
    const answer = await (await post('/said', what)).json();
    if (answer.error) throw new Error(answer.error);
    return answer.value;
  };
  try {
    const work = async (parley, say) => { ${script} };
    await tell({ value: await work(${JSON.stringify(parley)}, say) });
  } catch (error) {
    await tell({ error: String(error && error.stack || error) });
  }
})();
</script>`;
  const server = createServer(async (request, response) => {
    if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
    } else if (libraries[request.url]) {
      response.setHeader('Content-Type', 'text/javascript').end(await readFile(libraries[request.url]));
    } else if (request.url === '/result' || request.url === '/said') {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (request.url === '/result') {
        response.end();
        answer(JSON.parse(body));
      } else {
        const reply = await Promise.resolve().then(() => heard(JSON.parse(body)))
          .then((value) => ({ value }), (error) => ({ error: String(error && error.stack || JSON.stringify(error)) }));
        response.end(JSON.stringify(reply));
      }
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const profile = await mkdtemp(join(tmpdir(), 'parley-chromium-'));
  // `localhost`, while Parley is at 127.0.0.1: another site, not only another port.
  const browser = spawn('chromium', [...flags, `--user-data-dir=${profile}`, `http://localhost:${server.address().port}/`], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  browser.stderr.on('data', (chunk) => { said += chunk; });
  const ended = new Promise((resolve) => browser.on('close', resolve));
  const limit = setTimeout(() => answer({ error: `the page said nothing in 60 seconds; chromium: ${said}` }), 60_000);
  browser.on('error', (error) => answer({ error: String(error) }));
  try {
    const { value, error } = await answered;
    if (error) throw new Error(error);
    return value;
  } finally {
    clearTimeout(limit);
    try { process.kill(-browser.pid, 'SIGKILL'); } catch { /* it has ended already */ }
    await ended;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
