// An old Enghouse page beside a Rocket.Chat visitor: jQuery in a real browser loads histories, transcripts and data collections of Enghouse
// by JSONP from another site, while @rocket.chat/sdk writes. Both clients are published ones.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { inBrowser } from './browser.mjs';
import { guidOf } from './ids.mjs';
import { startParley } from './parley.mjs';

const { Livechat } = createRequire(import.meta.url)('@rocket.chat/sdk');
const example = JSON.parse(await readFile(new URL('../golden/enghouse_contact.json', import.meta.url), 'utf8'));
const token = 'ctlivetoken=demo-enghouse-token';  // a script cannot send a header
const exampleChat = 'CHAT_fef5015b-8102-457e-b69b-471a55487837';
const nobody = 'CHAT_00000000-1111-4222-8333-444444444444';

// What a message must survive on its way into a script of another site.
const texts = [
  'Hello',
  '</script><script>window.pwned = 1</script><img src=x onerror="window.pwned=1"><!--',
  'before\u2028between\u2029after',
  '\u{1F469}\u200D\u{1F680} \u{1F600} e\u0301 \u05E9\u05DC\u05D5\u05DD \u202Eabc',
  '"); window.pwned = 1; ("\\ \'\n\t`${window.pwned=1}`',
  '{"__proto__":{"polluted":1}}',
];

let parley;
before(async () => { parley = await startParley(); });
after(async () => { assert.equal(await parley.stop(), 0); });

/** A visitor's client, the visitor's room, and the id by which Enghouse knows it. */
async function visit(name) {
  const client = new Livechat({ host: parley.url });
  const visitor = await client.grantVisitor({ visitor: { token: name, name: 'Ann </script>\u2028' } });
  const { _id: rid } = await client.room();
  return { client, visitor, rid, chat: `CHAT_${guidOf(rid)}`, user: `USER_${guidOf(visitor._id)}` };
}

// In the page: what a service answers, or { failed }.
const ask = `const ask = (path) => new Promise((resolve) => $.ajax({ url: parley + path, dataType: 'jsonp',
  success: (data) => resolve(data), error: (xhr, status) => resolve({ failed: status }) }));`;

for (const library of ['jquery3', 'jquery4']) {
  describe(`${library} beside @rocket.chat/sdk`, () => {
    const load = (...paths) => inBrowser(parley.url, library, `${ask}
      const answers = [];
      for (const path of ${JSON.stringify(paths)}) answers.push(await ask(path));
      return answers;`);

    test('a page that polls getChatHistory sees each message at its next call', async () => {
      const { client, rid, chat, user } = await visit(`${library}-poll`);
      let written = 0;
      const { counts, messages, pwned, polluted } = await inBrowser(parley.url, library, `${ask}
        const counts = [];
        for (;;) {
          const answer = await ask('/livechat/getChatHistory/${chat}');
          if (!answer.result) return { counts, messages: answer };
          counts.push(answer.messages.length);
          if (!await say(answer.messages.length)) {
            for (const one of answer.messages) document.body.append(one.data.content.text);
            return { counts, messages: answer.messages, pwned: window.pwned, polluted: {}.polluted };
          }
        }`, async (seen) => {
        assert.equal(seen, written);
        if (written === texts.length) return false;
        await client.sendMessage({ rid, msg: texts[written] });
        ++written;
        return true;
      });
      assert.deepEqual(counts, [0, 1, 2, 3, 4, 5, 6]);
      assert.deepEqual(messages.map(({ data }) => data.content.text), texts);
      assert.deepEqual([pwned, polluted], [undefined, undefined]);
      let last = 0;
      for (const { room, data } of messages) {
        assert.equal(room, chat);
        assert.equal(data.messageType, 'TEXT');
        assert.ok(data.ts > last && data.ts <= Date.now());
        last = data.ts;
        const { id, nickname, isAgent, isOnline, endTime, channel } = data.content.user;  // the full user
        assert.deepEqual({ id, nickname, isAgent, isOnline, endTime, channel },
          { id: user, nickname: 'Ann </script>\u2028', isAgent: false, isOnline: true, endTime: '', channel: 'web' });
      }
      const ids = (await client.loadMessages(rid)).map(({ _id }) => _id).reverse();
      assert.deepEqual(messages.map(({ data }) => data.id), ids);
    });

    test('it sees a text that was edited, and no longer one that was deleted', async () => {
      const { client, rid, chat } = await visit(`${library}-edit`);
      const { message: first } = await client.sendMessage({ rid, msg: 'teh' });
      const { message: second } = await client.sendMessage({ rid, msg: 'a mistake' });
      const steps = [
        () => client.editMessage(first._id, { token: `${library}-edit`, rid, msg: 'the \u2028 </script>' }),
        () => client.deleteMessage(second._id, { rid }),
      ];
      const seen = await inBrowser(parley.url, library, `${ask}
        const seen = [];
        do {
          seen.push((await ask('/livechat/default/getChatHistory/${chat}')).messages.map((one) => one.data.content.text));
        } while (await say());
        return seen;`, async () => {
        const step = steps.shift();
        if (step) await step();
        return step !== undefined;
      });
      assert.deepEqual(seen, [['teh', 'a mistake'], ['the \u2028 </script>', 'a mistake'], ['the \u2028 </script>']]);
    });

    test('a transcript outlives its chat, a history does not', async () => {
      const { client, rid, chat, user } = await visit(`${library}-transcript`);
      for (const msg of texts) await client.sendMessage({ rid, msg });
      const answer = await fetch(`${parley.url}/livechat/default/sendTextMessageToActiveChat/${chat}`, {
        method: 'POST', headers: { 'Content-Type': 'application/json', ctlivetoken: 'demo-enghouse-token' },
        body: JSON.stringify({ text: 'Answer \u2028', nickname: 'Gabriele' }),
      });
      assert.deepEqual(await answer.json(), { result: true, error: null });
      const path = `/livechat/default/getContactTranscriptByChatID/${chat}?${token}`;
      const [open] = await load(path);
      assert.equal(open.result, true);
      assert.equal(open.isChatActive, true);
      assert.deepEqual(open.chatTranscript.map(({ data }) => data.content.text), [...texts, 'Answer \u2028']);
      assert.deepEqual(open.chatTranscript[0].data.content.user, { id: user, isAgent: false, nickname: 'Ann </script>\u2028' });
      const { isAgent, nickname } = open.chatTranscript.at(-1).data.content.user;
      assert.deepEqual({ isAgent, nickname }, { isAgent: true, nickname: 'Gabriele' });
      await client.closeChat({ rid });
      const [{ isChatActive, chatTranscript }, history] = await load(path, `/livechat/getChatHistory/${chat}`);
      assert.equal(isChatActive, false);
      assert.deepEqual(chatTranscript, open.chatTranscript);
      assert.deepEqual([history.result, history.messages], [false, null]);
      assert.match(history.error, /./);
    });

    test('a transcript needs the token and a domain', async () => {
      const { chat } = await visit(`${library}-token`);
      const path = `getContactTranscriptByChatID/${chat}`;
      const [noDomain, ...others] = await load(`/livechat/${path}?${token}`, `/livechat/default/${path}`,
        `/livechat/default/${path}?ctlivetoken=wrong`);
      assert.deepEqual(noDomain, { failed: 'error' });
      for (const { result, isChatActive, chatTranscript, error } of others) {
        assert.deepEqual([result, isChatActive, chatTranscript], [false, false, null]);
        assert.match(error, /./);
      }
    });

    test("the data collections are those of the vendor's example contact", async () => {
      const [found, ...others] = await load(`/livechat/getDataCollectionByChatID/${exampleChat}?${token}`,
        `/livechat/default/getDataCollectionByChatID/${exampleChat}`, `/livechat/default/getDataCollectionByChatID/${nobody}?${token}`);
      assert.deepEqual(found, { result: true, datacollections: example.contact.dataCollections, error: null });
      for (const { result, datacollections, error } of others) {
        assert.deepEqual([result, datacollections], [false, null]);
        assert.match(error, /./);
      }
    });
  });
}
