// The translation of a Comm100 visitor into an Enghouse contact as somebody would write it for Node.js, with the same result as
// translate.lua: `node translate.mjs PORT UPSTREAM`. For the bench's comparison; scripts/bench copies it beside its packages.
import Fastify from 'fastify';
import { Pool } from 'undici';

const [port, upstream] = process.argv.slice(2);
const vendor = new Pool(upstream, { connections: 512, keepAliveTimeout: 600_000 });

const named = [
  ['company', 'company'], ['time_zone', 'timeZone'], ['country', 'country'], ['state', 'state'], ['city', 'city'],
  ['product_service', 'productService'], ['browser', 'browser'], ['operating_system', 'operatingSystem'],
  ['screen_resolution', 'screenResolution'], ['current_page', 'currentBrowsing'], ['referrer', 'referrerUrl'],
  ['search_engine', 'searchEngine'], ['search_keywords', 'searchKeywords'], ['email', 'email'], ['phone_number', 'phone'],
];

function contactOf(visitor) {
  const begin = Date.parse(visitor.visitTime);
  const user = `USER_${visitor.id}`;
  const callData = { _NICK_: visitor.name };
  for (const [name, member] of named) if (visitor[member]) callData[name] = visitor[member];
  for (const { name, value } of visitor.customFields) callData[name] = value;
  for (const { name, value } of visitor.customVariableResults) callData[name] = value;
  return {
    id: `CHAT_${visitor.id}`, servid: '', widgetid: '', serv_name: '', beginTime: begin, endTime: '', title: '',
    lang: visitor.language, userID: user, dataCollections: {}, callData,
    users: {
      [user]: {
        id: user, nickname: visitor.name, isAgent: false, beginTime: begin, endTime: '', isOnline: true,
        userAgent: '', firstUri: visitor.landingPage, firstTitle: '', channel: '', firstIP: visitor.ip,
      },
    },
  };
}

const app = Fastify({ keepAliveTimeout: 600_000 });
app.get('/livechat/getContactByChatID/CHAT_:id', async (request, reply) => {
  const answer = await vendor.request({ method: 'GET', path: `/v4/livechat/visitors/${request.params.id}` });
  const contact = contactOf(await answer.body.json());
  const callback = request.query.callback.replace(/[^[\]\w$.]/g, '');
  const json = JSON.stringify({ result: true, contact, error: null });
  reply.header('Content-Type', 'text/javascript; charset=utf-8').header('X-Content-Type-Options', 'nosniff');
  return `/**/ typeof ${callback} === 'function' && ${callback}(${json});`;
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
