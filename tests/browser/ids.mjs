// A second implementation of packed ids (schemas/id.hpp), with which a client of one vendor asks for a record of another. The 17
// characters of Rocket.Chat's alphabet are a number in base 55, which follows a signature and a kind in a version-8 UUID.

const alphabet = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';
const signature = 0x9a71en;

/** The guid of a Rocket.Chat id of 17 characters or 24 hex digits. */
export function guidOf(id) {
  const [kind, payload] = id.length === 17
    ? [1n, [...id].reduce((sum, character) => sum * 55n + BigInt(alphabet.indexOf(character)), 0n)]
    : [2n, BigInt(`0x${id}`)];
  const bits = (signature << 102n) | (kind << 99n) | payload;
  const all = ((bits >> 74n) << 80n) | (8n << 76n) | (((bits >> 62n) & 0xfffn) << 64n) | (2n << 62n) | (bits & ((1n << 62n) - 1n));
  return all.toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
