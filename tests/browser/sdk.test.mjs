// @rocket.chat/sdk, the REST client inside of Rocket.Chat's widget up to 1.13, unchanged, against both profiles of the facade. Expected
// values are those of the vendor's server. This client sends `undefined` as a text, ends each GET in a query, and gives DELETE a body.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { agent, startParley, twoProfiles } from './parley.mjs';

const { Livechat } = createRequire(import.meta.url)('@rocket.chat/sdk');
const hard = '</script><b>bold</b> \u2028\u2029 "\\ \u{1F469}\u200D\u{1F680} \u05E9\u05DC\u05D5\u05DD';
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let parley;
const sent = [];  // what the client asked for, the newest last
const { fetch } = globalThis;
before(async () => {
  parley = await startParley(twoProfiles, agent.record);
  globalThis.fetch = async (url, options) => {
    const answer = await fetch(url, options);
    sent.push({ method: options?.method, url: String(url).slice(parley.url.length), body: options?.body, status: answer.status });
    return answer;
  };
});
after(async () => {
  globalThis.fetch = fetch;
  assert.equal(await parley.stop(), 0);
});

/** What the client rejects with: `{ status, data }`, or the error of reading an answer that is not JSON. */
const refusal = (promise) => promise.then(() => assert.fail('was not refused'), (error) => error);
const refused = async (promise, error) => assert.deepEqual(await refusal(promise), { status: 400, data: { success: false, error } });

/** A call by the agent, by plain HTTP. */
async function byAgent(call, body) {
  const answer = await fetch(`${parley.url}/api/v1/${call}`, {
    method: 'POST', headers: { ...agent.headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** A client whose visitor has a room. */
async function inRoom(token, prefix = '') {
  const client = new Livechat({ host: `${parley.url}${prefix}` });
  const visitor = await client.grantVisitor({ visitor: { token, name: 'Ann Widget' } });
  const room = await client.room();
  return { client, token, visitor, room, rid: room._id };
}

describe('@rocket.chat/sdk: a visitor', () => {
  let client;

  test('registers, and the client adopts the token of the answer', async () => {
    client = new Livechat({ host: parley.url });
    const visitor = await client.grantVisitor({ visitor: { token: 'sdk-1', name: 'Ann', email: 'Ann@Shop.example', phone: '+39 055 1',
      customFields: [{ key: 'plan', value: 'gold', overwrite: true }] } });
    assert.equal(visitor.token, 'sdk-1');
    assert.match(visitor._id, /^[0-9a-f]{24}$/);
    assert.match(visitor.username, /^guest-\d+$/);
    assert.equal(visitor.name, 'Ann');
    assert.deepEqual(visitor.visitorEmails, [{ address: 'ann@shop.example' }]);
    assert.deepEqual(visitor.phone, [{ phoneNumber: '+39 055 1' }]);
    assert.deepEqual(visitor.livechatData, { plan: 'gold' });
    const again = new Livechat({ host: parley.url });
    const same = await again.login({ visitor: { token: 'sdk-2', phone: '+39 055 1' } });
    assert.equal(same._id, visitor._id);
    assert.equal(again.credentials.token, 'sdk-1');  // who is known by the telephone number keeps the old token
  });

  test('is read by the token', async () => {
    const { visitor, success } = await client.visitor();
    assert.equal(success, true);
    assert.equal(visitor.name, 'Ann');
    assert.equal(sent.at(-1).url, '/api/v1/livechat/visitor/sdk-1?');
  });

  test('gets custom fields, one and several', async () => {
    const one = await client.sendCustomField({ token: 'sdk-1', key: 'plan', value: 'silver', overwrite: false });
    assert.deepEqual(one, { field: { key: 'plan', value: 'silver', overwrite: false }, success: true });
    assert.equal((await client.visitor()).visitor.livechatData.plan, 'gold');
    const several = await client.sendCustomFields({ token: 'sdk-1', customFields: [{ key: 'plan', value: 'silver', overwrite: true },
      { key: 'size', value: 'L', overwrite: true }] });
    assert.deepEqual(several, { fields: [{ Key: 'plan', value: 'silver', overwrite: true },
      { Key: 'size', value: 'L', overwrite: true }], success: true });
    assert.deepEqual((await client.visitor()).visitor.livechatData, { plan: 'silver', size: 'L' });
  });

  test('opens one room, with `undefined` for what it does not say', async () => {
    const room = await client.room({ rid: undefined, agentId: undefined });
    assert.equal(sent.at(-1).url, '/api/v1/livechat/room?token=sdk-1&rid=undefined&agentId=undefined');
    assert.match(room._id, /^[2-9A-HJ-NP-TW-Za-km-z]{17}$/);
    assert.equal(room.t, 'l');
    assert.equal(room.open, true);
    assert.equal(room.v.token, 'sdk-1');
    assert.deepEqual(room.source, { type: 'api' });
    assert.equal((await client.room())._id, room._id);
    assert.equal((await client.room({ rid: room._id }))._id, room._id);
    await refused(client.room({ rid: 'another' }), 'invalid-room');
  });

  test('visits a page', async () => {
    const { _id: rid } = await client.room();
    const pageInfo = { change: 'url', title: 'Prices', location: { href: 'https://shop.example/?a=1&b=2#c' } };
    const { page, success } = await client.sendVisitorNavigation({ token: 'sdk-1', rid, pageInfo });
    assert.equal(success, true);
    assert.deepEqual(page, { msg: 'Prices - https://shop.example/?a=1&b=2#c', navigation: { page: pageInfo, token: 'sdk-1' } });
  });
});

describe('@rocket.chat/sdk: messages', () => {
  let one;
  before(async () => { one = await inRoom('sdk-messages'); });

  test('a message arrives as it was written', async () => {
    const { client, rid, token, visitor } = one;
    const { message, success } = await client.sendMessage({ rid, msg: hard });
    assert.equal(success, true);
    assert.match(message._id, /^[2-9A-HJ-NP-TW-Za-km-z]{17}$/);
    assert.match(message.ts, iso);
    assert.match(message._updatedAt, iso);
    const { _id, ts, _updatedAt, ...rest } = message;
    assert.deepEqual(rest, { rid, msg: hard, token, alias: 'Ann Widget',
      u: { _id: visitor._id, username: visitor.username, name: 'Ann Widget' } });
    assert.deepEqual(await client.message(_id, { rid }), message);
    assert.equal(sent.at(-1).url, `/api/v1/livechat/message/${_id}?token=${token}&rid=${rid}`);
  });

  test('the same message sent twice is there once', async () => {
    const { client, rid } = one;
    const first = await client.sendMessage({ _id: 'chosen-by-client', rid, msg: 'once' });
    assert.equal(first.message._id, 'chosen-by-client');
    assert.deepEqual(await client.sendMessage({ _id: 'chosen-by-client', rid, msg: 'once' }), first);
    assert.equal((await client.loadMessages(rid)).filter(({ msg }) => msg === 'once').length, 1);
  });

  test('a message is edited', async () => {
    const { client, rid, token } = one;
    const { message } = await client.sendMessage({ rid, msg: 'teh' });
    const edited = await client.editMessage(message._id, { token, rid, msg: 'the' });
    assert.equal(edited.success, true);
    assert.equal(edited.message.msg, 'the');
    assert.equal(edited.message.ts, message.ts);
    assert.match(edited.message.editedAt, iso);
    assert.equal((await client.message(message._id, { rid })).msg, 'the');
  });

  test('a message is deleted by a DELETE with a body', async () => {
    const { client, rid, token } = one;
    const { message } = await client.sendMessage({ rid, msg: 'a mistake' });
    const { message: gone, success } = await client.deleteMessage(message._id, { rid });
    assert.deepEqual({ ...sent.at(-1), body: JSON.parse(sent.at(-1).body) },
      { method: 'DELETE', url: `/api/v1/livechat/message/${message._id}`, body: { rid, token }, status: 200 });
    assert.equal(success, true);
    assert.deepEqual(Object.keys(gone), ['_id', 'ts']);
    assert.equal(gone._id, message._id);
    assert.match(gone.ts, iso);
    assert.deepEqual((await client.loadMessages(rid)).filter(({ msg }) => msg === 'a mistake'), []);
  });

  test('of somebody else cannot be changed', async () => {
    const { client, rid, token } = one;
    const { message } = await byAgent('chat.sendMessage', { message: { rid, msg: 'by the agent' } });
    await refused(client.editMessage(message._id, { token, rid, msg: 'forged' }), 'error-action-not-allowed');
    await refused(client.deleteMessage(message._id, { rid }), 'error-action-not-allowed');
    assert.equal((await client.message(message._id, { rid })).msg, 'by the agent');
  });

  test('of a wrong room, a wrong token or a wrong id are refused', async () => {
    const { client, rid, token } = one;
    const stranger = await inRoom('sdk-stranger');
    await refused(stranger.client.sendMessage({ rid, msg: 'x' }), 'invalid-room');
    await refused(stranger.client.loadMessages(rid), 'invalid-room');
    await refused(client.sendMessage({ rid: 'nowhere', msg: 'x' }), 'invalid-room');
    await refused(client.message('nothing', { rid }), 'invalid-message');
    const nobody = new Livechat({ host: parley.url });
    nobody.credentials = { token: 'nobody' };
    await refused(nobody.sendMessage({ rid, msg: 'x' }), 'invalid-token');
    assert.deepEqual(await refusal(client.sendMessage({ rid })), { status: 400, data: { success: false,
      error: "must have required property 'msg' [invalid-params]", errorType: 'invalid-params' } });
    assert.equal((await client.loadMessages(rid)).some(({ msg, token: by }) => msg === 'x' || (by && by !== token)), false);
  });

  test('a history is read from its end, page by page', async () => {
    const { client, rid } = await inRoom('sdk-history');
    const texts = [];
    for (let number = 0; number < 25; ++number) {
      texts.unshift(`${number} ${hard}`);
      await client.sendMessage({ rid, msg: texts[0] });
    }
    const read = async (params) => (await client.loadMessages(rid, params)).map(({ msg }) => msg);
    assert.deepEqual(await read(), texts.slice(0, 20));  // the vendor's limit where none is given
    assert.deepEqual(await read({ limit: 3 }), texts.slice(0, 3));
    assert.deepEqual(await read({ limit: 3, offset: 3 }), texts.slice(3, 6));
    assert.deepEqual(await read({ limit: 100, end: undefined, ls: undefined }), texts);
    assert.match(sent.at(-1).url, /limit=100&end=undefined&ls=undefined&token=/);
    const [, , third] = await client.loadMessages(rid, { limit: 3 });
    assert.deepEqual(await read({ end: third.ts, limit: 100 }), texts.slice(3));
  });
});

describe('@rocket.chat/sdk: a room', () => {
  test('has an agent once one has taken it', async () => {
    const { client, rid } = await inRoom('sdk-agent');
    await refused(client.agent({ rid }), 'invalid-agent');
    await byAgent('livechat/inquiries.take', { inquiryId: rid });
    const { _id, username, name, status } = await client.agent({ rid });
    assert.deepEqual({ _id, username, name, status }, { _id: agent.id, username: agent.username, name: agent.name, status: 'online' });
    await byAgent('chat.sendMessage', { message: { rid, msg: hard } });
    const [last] = await client.loadMessages(rid);
    assert.equal(last.msg, hard);
    assert.equal('token' in last, false);  // only the visitor's own messages have one
    assert.deepEqual(last.u, { _id: agent.id, username: agent.username, name: agent.name });
  });

  test('is rated, and unknown questions are left out', async () => {
    const { client, rid } = await inRoom('sdk-survey');
    const data = [{ name: 'satisfaction', value: '5' }, { name: 'agentFriendliness', value: '6' }, { name: 'shoeSize', value: '4' },
      { name: 'additionalFeedback', value: hard }];
    assert.deepEqual(await client.chatSurvey({ rid, data }),
      { rid, data: { satisfaction: '5', additionalFeedback: hard }, success: true });
    await refused(client.chatSurvey({ rid, data: [{ name: 'shoeSize', value: '4' }] }), 'invalid-data');
  });

  test('is closed once, and the next one is another', async () => {
    const { client, rid } = await inRoom('sdk-close');
    assert.deepEqual(await client.closeChat({ rid }), { rid, comment: 'Closed by visitor', success: true });
    await refused(client.closeChat({ rid }), 'room-closed');
    await refused(client.sendMessage({ rid, msg: 'late' }), 'room-closed');
    await refused(client.room({ rid }), 'invalid-room');
    const next = await client.room();
    assert.notEqual(next._id, rid);
    assert.equal(next.open, true);
  });
});

describe('@rocket.chat/sdk: outside of a room', () => {
  const calls = {
    nextAgent: ['GET', 'agent.next/sdk-outside'],
    updateVisitorStatus: ['POST', 'visitor.status', 'away'],
    sendOfflineMessage: ['POST', 'offline.message', { name: 'Ann', email: 'ann@shop.example', message: 'Hello' }],
    deleteVisitor: ['DELETE', 'visitor/sdk-outside'],
  };
  for (const [name, [method, path, ...parameters]] of Object.entries(calls)) {
    test(`${name} is answered`, async () => {
      const client = new Livechat({ host: parley.url });
      await client.grantVisitor({ visitor: { token: 'sdk-outside' } });
      await client[name](...parameters);
      const { url, ...last } = sent.at(-1);
      assert.deepEqual([last.method, last.status, url.replace(/\?.*$/, '')], [method, 200, `/api/v1/livechat/${path}`]);
    });
  }
});

describe('@rocket.chat/sdk: the start of the widget', () => {
  for (const prefix of ['', '/pimenta']) {
    test(`${prefix || '/'}: the configuration knows the visitor and the room, until the room is closed`, async () => {
      const { client, token, visitor, rid } = await inRoom(`sdk-config${prefix.slice(1)}`, prefix);
      const read = async () => {
        const answer = await client.config({ token });
        assert.equal(sent.at(-1).status, 200);
        return answer.config ?? answer;
      };
      const config = await read();
      assert.equal(config.online, true);
      assert.ok(Array.isArray(config.departments));
      assert.equal(config.settings.registrationForm, true);
      assert.equal(config.settings.fileUpload, true);
      assert.equal(config.settings.transcript, false);
      assert.equal(typeof config.messages, 'object');
      assert.equal(config.guest._id, visitor._id);
      assert.equal(config.guest.token, token);
      assert.equal(config.room._id, rid);
      await client.closeChat({ rid });
      assert.equal((await read()).room, undefined);
    });
  }

  test('a transcript is refused, as no mail is sent', async () => {
    const { client, rid } = await inRoom('sdk-transcript');
    const error = 'Error sending Omnichannel transcript';
    assert.deepEqual(await refusal(client.requestTranscript('ann@shop.example', { rid })),
      { status: 400, data: { success: false, error, message: error } });
  });
});

describe('@rocket.chat/sdk: files', () => {
  const png = Buffer.from('89504e470d0a1a0a00ff00ff', 'hex');
  const blob = new Blob([png], { type: 'image/png' });

  for (const prefix of ['', '/pimenta']) {
    test(`${prefix || '/'}: a visitor sends one, finds it in the history, and fetches it`, async () => {
      const { client, token, rid } = await inRoom(`sdk-file${prefix.slice(1)}`, prefix);
      const posted = await client.uploadFile({ rid, file: blob });
      assert.equal(posted.success, true);
      assert.equal(posted.rid, rid);
      assert.equal(posted.file.type, 'image/png');
      const [message] = await client.loadMessages(rid);
      assert.equal(message._id, posted._id);
      const [{ title, image_url: link }] = message.attachments;
      assert.equal(title, 'blob');
      const fetched = (headers, query = '') => fetch(`${parley.url}${prefix}${link}${query}`, { headers });
      // The widget sets these cookies; a link in its page has nothing else.
      const answer = await fetched({ Cookie: `rc_is_widget=t; rc_room_type=l; rc_rid=${rid}; rc_token=${token}` });
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png);
      assert.equal(answer.headers.get('content-type'), 'image/png');
      assert.equal((await fetched({}, `?rc_room_type=l&rc_rid=${rid}&rc_token=${token}`)).status, 200);
      assert.equal((await fetched({})).status, 403);
    });
  }

  test('a name is kept as the browser writes it, and a large file comes whole', async () => {
    const { token, rid } = await inRoom('sdk-names');
    const form = new FormData();
    const bytes = new Uint8Array(3_000_000).map((_, at) => at * 7);
    form.append('description', hard);
    form.append('file', new Blob([bytes]), 'c\u00e4t \u{1F408} 1.bin');
    const answer = await fetch(`${parley.url}/api/v1/livechat/upload/${rid}`,
      { method: 'POST', headers: { 'x-visitor-token': token }, body: form });
    const { attachments: [{ title, description, title_link: link }] } = await answer.json();
    assert.equal(title, 'c\u00e4t \u{1F408} 1.bin');
    assert.equal(description, hard);
    const file = await fetch(`${parley.url}${link}?rc_rid=${rid}&rc_token=${token}`);
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), bytes);
    assert.equal(file.headers.get('content-disposition'), `attachment; filename="c_t _ 1.bin"; filename*=UTF-8''c%C3%A4t%20%F0%9F%90%88%201.bin`);
  });

  test('a file that is too large, or in another room, is refused', async () => {
    const { client, rid } = await inRoom('sdk-large');
    assert.deepEqual(await refusal(client.uploadFile({ rid, file: new Blob([new Uint8Array(2 ** 24 + 1)]) })),
      { status: 400, data: { reason: 'error-size-not-allowed', sizeAllowed: '16 MB', success: false } });
    const { rid: other } = await inRoom('sdk-other');
    assert.deepEqual(await refusal(client.uploadFile({ rid: other, file: blob })),
      { status: 403, data: { success: false, error: 'unauthorized' } });
  });
});

describe('@rocket.chat/sdk: what is not served', () => {
  const served = ['login', 'grantVisitor', 'visitor', 'room', 'closeChat', 'chatSurvey', 'agent', 'message', 'sendMessage', 'editMessage',
    'deleteMessage', 'loadMessages', 'sendVisitorNavigation', 'sendCustomField', 'sendCustomFields', 'nextAgent',
    'updateVisitorStatus', 'sendOfflineMessage', 'deleteVisitor', 'config', 'requestTranscript', 'uploadFile'];
  // The first four are not calls of Rocket.Chat 8 either.
  const missing = {
    transferChat: ['POST', 'room.transfer', { rid: 'R', department: 'D' }],
    updateCallStatus: ['POST', 'visitor.callStatus', 'ended', 'R', 'C'],
    videoCall: ['GET', 'video.call/sdk-missing', { rid: 'R' }],
    shareScreen: ['POST', 'room.shareScreen', { rid: 'R' }],
  };

  test('is all that the client has beside what is tested here', () => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(Livechat.prototype)).filter((name) => name !== 'constructor');
    assert.deepEqual(methods.sort(), [...served, ...Object.keys(missing)].sort());
  });

  for (const [name, [method, path, ...parameters]] of Object.entries(missing)) {
    test(`${name} is 404`, async () => {
      const client = new Livechat({ host: parley.url });
      await client.grantVisitor({ visitor: { token: 'sdk-missing' } });
      assert.ok(await refusal(client[name](...parameters)) instanceof SyntaxError);  // the answer is a text, as by the vendor's server
      const { url, ...last } = sent.at(-1);
      assert.deepEqual([last.method, last.status, url.replace(/\?.*$/, '')], [method, 404, `/api/v1/livechat/${path}`]);
    });
  }
});

describe('@rocket.chat/sdk: the profile 0.70', () => {
  const refusedAs = async (promise, data) => assert.deepEqual(await refusal(promise), { status: 400, data });

  test('transfers a room to another department', async () => {
    const { client, rid } = await inRoom('old-transfer', '/pimenta');
    const { room, success } = await client.transferChat({ rid, department: 'sales' });
    assert.equal(success, true);
    assert.equal(room._id, rid);
    assert.equal(room.departmentId, 'sales');
    assert.match(sent.at(-1).url, /room\.transfer$/);
  });

  test('answers a message with four members, and reads it whole', async () => {
    const { client, rid, token, visitor } = await inRoom('old-message', '/pimenta');
    const { message } = await client.sendMessage({ rid, msg: hard });
    assert.deepEqual(Object.keys(message).sort(), ['_id', 'msg', 'ts', 'u']);
    assert.equal(message.msg, hard);
    assert.equal(message.u._id, visitor._id);
    const read = await client.message(message._id, { rid });
    assert.equal(read.rid, rid);
    assert.equal(read.token, token);
    assert.deepEqual((await client.loadMessages(rid, { end: undefined })).map(({ _id }) => _id), [message._id]);
    assert.equal((await client.editMessage(message._id, { token, rid, msg: 'edited' })).message.msg, 'edited');
    assert.equal((await client.deleteMessage(message._id, { rid })).message._id, message._id);
    assert.deepEqual(await client.loadMessages(rid), []);
  });

  test('opens a new room for a message to a closed one', async () => {
    const { client, rid } = await inRoom('old-closed', '/pimenta');
    await client.closeChat({ rid });
    const { message } = await client.sendMessage({ rid, msg: 'I am back' });
    const { _id: next } = await client.room();
    assert.notEqual(next, rid);
    assert.equal((await client.message(message._id, { rid: next })).msg, 'I am back');
  });

  test('refuses with the exception, or with its code alone', async () => {
    const { client, rid } = await inRoom('old-refused', '/pimenta');
    const exception = (error) => ({ isClientSafe: true, error, message: `[${error}]`, errorType: 'Meteor.Error', success: false });
    await refusedAs(client.sendMessage({ rid: 'nowhere', msg: 'x' }), exception('invalid-room'));
    await refusedAs(client.loadMessages('nowhere'), { success: false, error: 'invalid-room' });
    await refusedAs(client.editMessage('nothing', { token: 'old-refused', rid, msg: 'x' }), { success: false, error: 'invalid-message' });
  });

  test('has the agent of a room and its survey', async () => {
    const { client, rid } = await inRoom('old-agent', '/pimenta');
    await byAgent('livechat/inquiries.take', { inquiryId: rid });
    assert.equal((await client.agent({ rid })).username, agent.username);
    assert.deepEqual(await client.chatSurvey({ rid, data: [{ name: 'satisfaction', value: '3' }] }),
      { rid, data: { satisfaction: '3' }, success: true });
  });
});
