// A certificate for the loopback that nobody else trusts, made when a test needs one: no key lies in the repository and
// none runs out. DER by hand (ITU-T X.690, RFC 5280): Node reads certificates and does not write them.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface SelfSigned {
  /** PEM. */
  key: string;
  cert: string;
}

/** @param names DNS names beside `localhost` and 127.0.0.1 */
export function selfSigned(names: readonly string[] = []): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = sequence(set(sequence(COMMON_NAME, tagged(0x0c, Buffer.from('semblance test')))));
  const day = 86_400_000;
  const validity = sequence(time(Date.now() - day), time(Date.now() + day));
  const alternatives = sequence(
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
    ...['localhost', ...names].map((name) => tagged(0x82, Buffer.from(name))),
  );
  const extension = (oid: Buffer, value: Buffer): Buffer => sequence(oid, tagged(0x04, value));
  const extensions = sequence(
    extension(SUBJECT_ALTERNATIVE_NAME, alternatives),
    extension(BASIC_CONSTRAINTS, sequence(tagged(0x01, Buffer.from([0xff])))),
  );
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sequence(ECDSA_WITH_SHA256),
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions),
  );
  const signature = sign('sha256', body, privateKey);
  const bits = tagged(0x03, Buffer.concat([Buffer.from([0]), signature]));
  const der = sequence(body, sequence(ECDSA_WITH_SHA256), bits);
  const lines = der.toString('base64').replace(/.{64}/gu, '$&\n');
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** Object identifiers, encoded: 2.5.4.3, 2.5.29.17, 2.5.29.19, 1.2.840.10045.4.3.2. */
const COMMON_NAME = Buffer.from([6, 3, 0x55, 4, 3]);
const SUBJECT_ALTERNATIVE_NAME = Buffer.from([6, 3, 0x55, 0x1d, 0x11]);
const BASIC_CONSTRAINTS = Buffer.from([6, 3, 0x55, 0x1d, 0x13]);
const ECDSA_WITH_SHA256 = Buffer.from([6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]);

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => tagged(0x31, Buffer.concat(parts));

/** GeneralizedTime, in whole seconds. */
function time(at: number): Buffer {
  const text = `${new Date(at).toISOString().slice(0, 19).replace(/[-:T]/gu, '')}Z`;
  return tagged(0x18, Buffer.from(text));
}
