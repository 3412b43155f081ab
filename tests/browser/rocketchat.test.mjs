// @rocket.chat/api-client, Rocket.Chat's own REST client, unchanged, against the Rocket.Chat facade.
import assert from 'node:assert/strict';
import { File } from 'node:buffer';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { guidOf } from './ids.mjs';
import { startParley } from './parley.mjs';

globalThis.File ??= File;  // the client needs the global; Node.js 18 has it only in node:buffer
const { RestClient } = createRequire(import.meta.url)('@rocket.chat/api-client');

const credentials = { 'X-User-Id': 'demo-rocket-user', 'X-Auth-Token': 'demo-rocket-token' };
let parley;
let anonymous;
let agent;
before(async () => {
  parley = await startParley();
  anonymous = new RestClient({ baseUrl: parley.url });
  agent = new RestClient({ baseUrl: parley.url, credentials });
});
after(async () => { assert.equal(await parley.stop(), 0); });

/** The status and body of a refusal. The client rejects with the response. */
async function refusal(promise) {
  const response = await promise.then(() => assert.fail('was not refused'), (error) => error);
  return { status: response.status, body: await response.json() };
}

describe('@rocket.chat/api-client', () => {
  const visitor = { token: 'api-client', name: 'Ann Client', email: 'ann@client.example', phone: '+39 055 1234567',
    customFields: [{ key: 'plan', value: 'gold', overwrite: true }] };

  test('registers a visitor', async () => {
    const { visitor: made, success } = await anonymous.post('/v1/livechat/visitor', { visitor });
    assert.equal(success, true);
    assert.equal(made.token, visitor.token);
    assert.equal(made.name, visitor.name);
    assert.deepEqual(made.visitorEmails, [{ address: visitor.email }]);
    assert.deepEqual(made.phone, [{ phoneNumber: visitor.phone }]);
    assert.deepEqual(made.livechatData, { plan: 'gold' });
    assert.match(made.username, /^guest-\d+$/);
  });

  test('reads the visitor again', async () => {
    const { visitor: read, success } = await anonymous.get('/v1/livechat/visitor/api-client');
    assert.equal(success, true);
    assert.equal(read.name, visitor.name);
  });

  test('gets a 400 for an unknown token', async () => {
    const { status, body } = await refusal(anonymous.get('/v1/livechat/visitor/nobody'));
    assert.equal(status, 400);
    assert.deepEqual(body, { success: false, error: '[invalid-token]', errorType: 'invalid-token' });
  });

  test('opens a room once, and Enghouse shows its chat', async () => {
    const first = await anonymous.get('/v1/livechat/room', { token: visitor.token });
    assert.equal(first.success, true);
    assert.equal(first.newRoom, true);
    assert.equal(first.room.open, true);
    assert.equal(first.room.v.token, visitor.token);
    const second = await anonymous.get('/v1/livechat/room', { token: visitor.token, rid: first.room._id });
    assert.equal(second.newRoom, false);
    assert.equal(second.room._id, first.room._id);
    const contact = await (await fetch(`${parley.url}/livechat/getContactByChatID/CHAT_${guidOf(first.room._id)}`)).json();
    assert.equal(contact.contact.callData._NICK_, visitor.name);
    assert.equal(contact.contact.callData.plan, 'gold');
  });

  test('records a page visit', async () => {
    const pageInfo = { change: 'url', title: 'Prices', location: { href: 'https://shop.example/prices?a=1&b=2' } };
    const { page, success } = await anonymous.post('/v1/livechat/page.visited', { token: visitor.token, pageInfo });
    assert.equal(success, true);
    assert.equal(page.msg, 'Prices - https://shop.example/prices?a=1&b=2');
    assert.deepEqual(page.navigation, { page: pageInfo, token: visitor.token });
  });

  test('reads the channels of a contact with credentials', async () => {
    const { channels, success } = await agent.get('/v1/omnichannel/contacts.channels', { contactId: '673653b997f0fbcd657f0ebf' });
    assert.equal(success, true);
    assert.equal(channels.length, 1);
    assert.equal(channels[0].visitor.visitorId, '234567987655weygcbg');
    const none = await agent.get('/v1/omnichannel/contacts.channels', { contactId: 'nobody' });
    assert.deepEqual(none, { channels: [], success: true });
  });

  test('is refused the channels without credentials, and without a contact', async () => {
    const path = '/v1/omnichannel/contacts.channels';
    const without = await refusal(anonymous.get(path, { contactId: '673653b997f0fbcd657f0ebf' }));
    assert.equal(without.status, 401);
    assert.equal(without.body.message, 'You must be logged in to do this.');
    const missing = await refusal(agent.get(path));
    assert.equal(missing.status, 400);
    assert.deepEqual(missing.body, { success: false, errorType: 'invalid-params',
      error: "must have required property 'contactId' [invalid-params]" });
  });
});

describe('@rocket.chat/api-client with a login', () => {
  let served;
  before(async () => {
    served = await startParley(`
server: {listen: ["127.0.0.1:0"]}
backends: {local: {kind: sqlite, path: "\${PARLEY_DATA}/login.db", demo: true}}
routes:
  - facade: rocketchat
    backend: local
    auth: {logins: [{id: ann-id, name: ann, email: ann@example.com, password: secret}]}
`);
  });
  after(async () => { assert.equal(await served.stop(), 0); });

  test('logs in, uses the token, and logs out', async () => {
    const client = new RestClient({ baseUrl: served.url });
    const { status, data } = await client.post('/v1/login', { user: 'ann', password: 'secret' });
    assert.equal(status, 'success');
    assert.equal(data.userId, 'ann-id');
    assert.equal(data.me.username, 'ann');
    client.setCredentials({ 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken });
    const { channels } = await client.get('/v1/omnichannel/contacts.channels', { contactId: '673653b997f0fbcd657f0ebf' });
    assert.equal(channels.length, 1);
    await client.post('/v1/logout', {});
    const after = await refusal(client.get('/v1/omnichannel/contacts.channels', { contactId: 'x' }));
    assert.equal(after.status, 401);
  });

  test('is refused with a wrong password', async () => {
    const { status, body } = await refusal(new RestClient({ baseUrl: served.url })
      .post('/v1/login', { user: 'ann', password: 'wrong' }));
    assert.equal(status, 401);
    assert.deepEqual(body, { status: 'error', error: 'Unauthorized', message: 'Unauthorized', success: false });
  });
});
