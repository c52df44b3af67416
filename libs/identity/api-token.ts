import { base32 } from '#kernel';
import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'cgm_';
const SECRET_CHARACTERS = 52;
const TOKEN = /^cgm_[a-z2-7]{58}$/;

/** A new API token: `cgm_`, 52 base32 characters of 256 random bits, 6 of checksum (HTTP page, 4.3). Shown once. */
export function makeToken(): string {
  const secret = base32(randomBytes(32));
  return `${PREFIX}${secret}${checksumOf(secret)}`;
}

/** True for a text that has the form of a token and its checksum: a mistyped one costs no look-up. */
export function isToken(text: string): boolean {
  if (!TOKEN.test(text)) return false;
  const secret = text.slice(PREFIX.length, PREFIX.length + SECRET_CHARACTERS);
  return text.endsWith(checksumOf(secret));
}

/** What is stored of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function checksumOf(secret: string): string {
  return base32(createHash('sha256').update(`collegium-token/v1\n${secret}`).digest()).slice(0, 6);
}
