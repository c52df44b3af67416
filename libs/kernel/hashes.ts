import { createHmac, hash } from 'node:crypto';

/** base64 of 32 bytes. */
export type Hash = string;

/** SHA-256 of the UTF-8 bytes, as base64. */
export function sha256(text: string | Uint8Array): Hash {
  return hash('sha256', text, 'base64');
}

/** HMAC-SHA-256 under a key given as base64, as base64. */
export function hmacSha256(keyBase64: string, text: string): Hash {
  return createHmac('sha256', Buffer.from(keyBase64, 'base64')).update(text).digest('base64');
}
