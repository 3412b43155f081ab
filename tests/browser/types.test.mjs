// The answers of the profile 8 against the types of answers that Rocket.Chat publishes: @rocket.chat/rest-typings and core-typings.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { agent, startParley, twoProfiles } from './parley.mjs';
import { faultsOf } from './typings.mjs';

// Types instead of those in rest-typings that name a whole record where the vendor's server sends some members of it, or that lack one that
// the vendor's pages show. Two members of an inquiry are those of its room, which Parley does not invent.
const agentInList = "Shown & Pick<V.ILivechatAgent, 'statusLivechat' | 'livechat' | 'livechatCount'>";
const navigation = '{ navigation: { page: { change: string; title: string; location: { href: string } }; token: string } }';
const instead = {
  'POST /v1/livechat/page.visited': `{ page: { msg: string } & ${navigation} }`,
  'GET /v1/livechat/visitors.pagesVisited/:roomId': `Page<{ pages: (V.IMessage & ${navigation})[] }>`,
  'GET /v1/livechat/agent.info/:rid/:token': "{ agent: Shown & Pick<V.ILivechatAgent, 'livechat' | 'phone'> }",
  'GET /v1/livechat/users/agent': `Page<{ users: (${agentInList})[] }>`,
  'GET /v1/livechat/users/agent/:_id': `{ user: ${agentInList} }`,
  'POST /v1/chat.postMessage': '{ ts: number; channel: string; message: V.IMessage }',
  'GET /v1/rooms.info': '{ room: V.IOmnichannelRoom }',
  'POST /v1/livechat/inquiries.take': "{ inquiry: Omit<V.ILivechatInquiryRecord, 'priorityWeight' | 'estimatedWaitingTimeQueue'> }",
};

// Calls whose answers are known to lack what the type requires.
const todo = {
  'GET /v1/livechat/visitors.pagesVisited/:roomId': 'a page has neither _id, ts, u nor _updatedAt',
};

const token = 'typed';
const pageInfo = { change: 'url', title: 'Prices', location: { href: 'https://shop.example/' } };
const visitor = { token, name: 'Ann', email: 'ann@shop.example', phone: '+39 055 1',
  customFields: [{ key: 'plan', value: 'gold', overwrite: true }] };

// A conversation. Each step is a call and what it sends: values of `:name` in its path, a query or a body, made from what is known so far.
// `keep` remembers something of the answer.
const steps = [
  ['POST /v1/livechat/visitor', () => ({ body: { visitor } }), (answer) => ({ visitorId: answer.visitor._id })],
  ['GET /v1/livechat/room', () => ({ query: { token } }), ({ room }) => ({ rid: room._id, contactId: room.contactId })],
  ['GET /v1/livechat/visitor/:token', () => ({})],
  ['POST /v1/livechat/custom.field', () => ({ body: { token, key: 'size', value: 'L', overwrite: true } })],
  ['POST /v1/livechat/custom.fields', () => ({ body: { token, customFields: [{ key: 'size', value: 'M', overwrite: true }] } })],
  ['POST /v1/livechat/page.visited', ({ rid }) => ({ body: { token, rid, pageInfo } })],
  ['POST /v1/livechat/message', ({ rid }) => ({ body: { token, rid, msg: 'Hello' } }), ({ message }) => ({ _id: message._id })],
  ['GET /v1/livechat/message/:_id', ({ rid }) => ({ query: { token, rid } })],
  ['PUT /v1/livechat/message/:_id', ({ rid }) => ({ body: { token, rid, msg: 'Hello!' } })],
  ['GET /v1/livechat/rooms', () => ({ query: { queued: 'true' } })],
  ['POST /v1/livechat/inquiries.take', ({ rid }) => ({ body: { inquiryId: rid } })],
  ['GET /v1/livechat/room.join', ({ rid }) => ({ query: { roomId: rid } })],
  ['GET /v1/livechat/agent.info/:rid/:token', () => ({})],
  ['POST /v1/chat.sendMessage', ({ rid, _id }) => ({ body: { message: { rid, msg: 'Good day', tmid: _id } } }),
    ({ message }) => ({ answerId: message._id })],
  ['POST /v1/chat.postMessage', ({ rid }) => ({ body: { roomId: rid, text: 'How are you?' } })],
  ['POST /v1/chat.update', ({ rid, answerId }) => ({ body: { roomId: rid, msgId: answerId, text: 'Good morning' } })],
  ['POST /v1/chat.delete', ({ rid, answerId }) => ({ body: { roomId: rid, msgId: answerId } })],
  ['DELETE /v1/livechat/message/:_id', ({ rid }) => ({ body: { token, rid } })],
  ['POST /v1/livechat/room.forward', ({ rid }) => ({ body: { roomId: rid, departmentId: 'sales', comment: 'about a price' } })],
  ['POST /v1/livechat/visitor/department.transfer', ({ rid }) => ({ body: { rid, token, department: 'support' } })],
  ['POST /v1/livechat/room.forward', ({ rid }) => ({ body: { roomId: rid, userId: agent.id } })],
  ['GET /v1/livechat/messages.history/:rid', () => ({ query: { token } })],
  ['GET /v1/livechat/:rid/messages', () => ({})],
  ['GET /v1/livechat/visitor/:token/room', () => ({})],
  ['GET /v1/livechat/rooms', () => ({ query: { open: 'true' } })],
  ['GET /v1/rooms.info', ({ rid }) => ({ query: { roomId: rid } })],
  ['GET /v1/livechat/visitors.pagesVisited/:roomId', () => ({})],
  ['POST /v1/livechat/room.survey', ({ rid }) => ({ body: { rid, token, data: [{ name: 'satisfaction', value: '5' }] } })],
  ['POST /v1/livechat/room.closeByUser', ({ rid }) => ({ body: { rid, comment: 'Solved', tags: ['price'] } })],
  ['GET /v1/livechat/room', () => ({ query: { token } }), ({ room }) => ({ next: room._id })],
  ['POST /v1/livechat/room.close', ({ next }) => ({ body: { rid: next, token } })],
  ['GET /v1/livechat/rooms', () => ({ query: { open: 'false' } })],
  ['GET /v1/livechat/:rid/messages', () => ({})],
  ['GET /v1/livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId', () => ({})],
  ['GET /v1/livechat/visitors.info', ({ visitorId }) => ({ query: { visitorId } })],
  ['GET /v1/livechat/visitors.search', () => ({ query: { term: 'Ann' } })],
  ['GET /v1/livechat/users/agent', () => ({})],
  ['GET /v1/livechat/users/agent/:_id', () => ({ _id: agent.id })],
  ['POST /v1/livechat/agent.status', () => ({ body: { status: 'not-available', agentId: agent.id } })],
  ['GET /v1/omnichannel/contacts.channels', ({ contactId }) => ({ query: { contactId } })],
];

describe('the published types of answers', () => {
  const answers = [];
  let faults;

  before(async () => {
    const parley = await startParley(twoProfiles, agent.record);
    const known = { token };
    for (const [call, make, keep] of steps) {
      const [method, path] = call.split(' ');
      const { query, body, ...parameters } = make(known);
      const filled = path.replace(/:(\w+)/g, (_, name) => encodeURIComponent({ roomId: known.rid, ...known, ...parameters }[name]));
      const answer = await fetch(`${parley.url}/api${filled}${query ? `?${new URLSearchParams(query)}` : ''}`, {
        method, headers: { ...agent.headers, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      assert.equal(answer.status, 200, `${call}: ${text}`);
      answers.push({ method, path, body: JSON.parse(text), as: instead[call] });
      if (keep) Object.assign(known, keep(answers.at(-1).body));
    }
    assert.equal(await parley.stop(), 0);
    faults = faultsOf(answers);
  });

  test('find what is wrong, missing, or too much', () => {
    const { body } = answers[0];
    const { username, ...without } = body.visitor;
    const like = (one) => ({ method: 'POST', path: '/v1/livechat/visitor', body: { ...body, visitor: one } });
    const [good, ...bad] = faultsOf([like(body.visitor), like({ ...body.visitor, ts: 5 }), like({ ...body.visitor, status: 'happy' }),
      like(without), like({ ...body.visitor, shoeSize: 43 }), { ...like(body.visitor), body: { visitor: body.visitor } }]);
    assert.deepEqual(good, []);
    for (const [at, text] of [/'number' is not assignable to type 'string'/, /"happy"/, /'username' is missing/, /"shoeSize"/,
      /'success' is missing/].entries()) {
      assert.equal(bad[at].length, 1);
      assert.match(bad[at][0], text);
    }
  });

  for (const [at, [call]] of steps.entries()) {
    const again = steps.slice(0, at).filter(([other]) => other === call).length;
    test(`fit ${call}${again ? `, call ${again + 1}` : ''}`, { todo: todo[call] }, () => {
      assert.deepEqual(faults[at], [], JSON.stringify(answers[at].body, null, 1));
    });
  }

  test('fit lists that are not empty', () => {
    for (const { method, path, body } of answers) {
      for (const value of Object.values(body)) assert.notDeepEqual(value, [], `${method} ${path}`);
    }
  });
});
