// JSONP by published clients, in a real browser, from another site.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';

import { inBrowser } from './browser.mjs';
import { guidOf } from './ids.mjs';
import { arrive, startParley } from './parley.mjs';

const example = JSON.parse(await readFile(new URL('../golden/enghouse_contact.json', import.meta.url), 'utf8'));
const chat = '/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837';
const nobody = '/livechat/default/getContactByChatID/CHAT_00000000-1111-4222-8333-444444444444';

let parley;
before(async () => { parley = await startParley(); });
after(async () => { assert.equal(await parley.stop(), 0); });

for (const library of ['jquery3', 'jquery4']) {
  describe(library, () => {
    const ajax = (path, more = '') =>
      `return await new Promise((resolve) => $.ajax({ url: parley + ${JSON.stringify(path)}, dataType: 'jsonp', ${more}
         success: (data) => resolve({ data }), error: (xhr, status) => resolve({ failed: status }) }));`;

    test("loads the vendor's example contact", async () => {
      const { data } = await inBrowser(parley.url, library, ajax(chat));
      assert.deepEqual(data, example);
    });

    test('gets the error for an unknown chat inside the callback', async () => {
      const { data } = await inBrowser(parley.url, library, ajax(nobody));
      assert.equal(data.result, false);
      assert.equal(data.contact, null);
      assert.match(data.error, /./);
    });

    test('calls back a function of an object', async () => {
      const value = await inBrowser(parley.url, library, `
        window.app = { handlers: [] };
        return await new Promise((resolve) => {
          window.app.handlers[0] = (data) => resolve(data.result);
          $.ajax({ url: parley + '${chat}?callback=app.handlers[0]', dataType: 'script' });
        });`);
      assert.equal(value, true);
    });

    test('fails to load if the callback is not a name', async () => {
      const { failed } = await inBrowser(parley.url, library, ajax(chat, "jsonpCallback: 'a..b',"));
      assert.equal(failed, 'error');
    });
  });
}

describe('hostile content', () => {
  const name = '</script><img src=x onerror="window.pwned=1">\u2028\u2029\'"\\ \u{1F469}\u200D\u{1F680} \u202Eabc';
  const read = (path) => `return await new Promise((resolve) => $.ajax({ url: parley + ${JSON.stringify(path)}, dataType: 'jsonp',
    success: (data) => {
      const user = data.contact.users[data.contact.userID];
      document.body.append(user.nickname);
      resolve({ nickname: user.nickname, nick: data.contact.callData._NICK_, pwned: window.pwned, polluted: {}.polluted,
                prototype: Object.getPrototypeOf(data.contact.callData) === Object.prototype });
    }, error: (xhr, status) => resolve({ failed: status }) }));`;

  test('a nickname and a __proto__ field arrive as data', async () => {
    const { room } = await arrive(parley.url, {
      token: 'hostile', name,
      customFields: [{ key: '__proto__', value: 'polluted', overwrite: true }, { key: 'plan', value: 'gold', overwrite: true }],
    });
    const value = await inBrowser(parley.url, 'jquery3', read(`/livechat/getContactByChatID/CHAT_${guidOf(room._id)}`));
    assert.deepEqual(value, { nickname: name, nick: name, prototype: true });
  });

  test('a script tag of another site cannot load plain JSON', async () => {
    const value = await inBrowser(parley.url, 'jquery3', `
      return await new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = () => resolve('loaded');
        script.onerror = () => resolve('refused');
        script.src = parley + '${chat}';
        document.head.append(script);
      });`);
    assert.equal(value, 'refused');
  });
});

describe('fetch-jsonp', () => {
  test("loads the vendor's example contact", async () => {
    const data = await inBrowser(parley.url, 'fetch-jsonp', `return await (await fetchJsonp(parley + '${chat}', { timeout: 20000 })).json();`);
    assert.deepEqual(data, example);
  });

  test('gets the error for an unknown chat before it gives up', async () => {
    const data = await inBrowser(parley.url, 'fetch-jsonp', `return await (await fetchJsonp(parley + '${nobody}', { timeout: 20000 })).json();`);
    assert.equal(data.result, false);
  });
});
